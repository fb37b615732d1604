"""What only the service itself knows, the same in each of its processes."""

from service.store.statements import Connection, load

SQL = load("secrets")


async def get(connection: Connection, name: str) -> bytes:
    """The bytes of a secret; none before the migration that makes it."""
    if not await SQL["exists"].value(connection):
        return b""
    return bytes(await SQL["get"].value(connection, name=name) or b"")
