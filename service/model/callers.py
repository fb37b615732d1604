"""Who asks: a key, or someone at an address."""

from msgspec import Struct

from service.model.keys import allows


class Caller(Struct, frozen=True, kw_only=True):
    """`address` is an IPv4 address or an IPv6 /64; without a key the other fields are empty."""

    address: str
    key_id: str | None = None
    name: str | None = None
    scopes: tuple[str, ...] = ()

    @property
    def counted_as(self) -> str:
        """Under which name the quota is kept."""
        return self.key_id or f"ip:{self.address}"

    @property
    def may_curate(self) -> bool:
        return allows(self.scopes, "curate")

    @property
    def actor(self) -> str:
        """How a revision names them."""
        return f"{self.name} ({self.key_id})" if self.key_id else "anonymous"
