"""Where a question about a merged record goes on: the same address under the survivor's id."""

from urllib.parse import quote

from service.api.http.state import AnyRequest
from service.model.errors import Moved


def moved_to(request: AnyRequest, moved: Moved) -> str:
    """`/v1/products/kimi-chat/similar?market=…` with `kimi`, its query as it was sent."""
    _, version, collection, _, *rest = request.scope["path"].split("/")
    suffix = request.scope.get("suffix", "")
    renamed = ["", version, collection, *map(quote, (moved.new, *rest))]
    query = request.scope["query_string"].decode("latin-1")
    return "/".join(renamed) + (f".{suffix}" if suffix else "") + (f"?{query}" if query else "")
