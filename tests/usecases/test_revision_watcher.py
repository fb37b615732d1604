"""What a worker knows of the newest revision, with the others of its machine."""

from msgspec.structs import replace

from service.store.database import Database
from service.usecases.changes.shared_revision import SharedRevision, shared_file
from tests.clients import SETTINGS, caught_up, until, watched
from tests.make import SMALL, put_all
from tests.postgres import sql


async def test_a_base_that_is_restored_as_of_earlier_is_answered_from_memory_again(
    database: Database,
) -> None:
    await put_all(database, *SMALL)
    before = await database.revision()
    with shared_file() as path:
        settings = replace(SETTINGS, shared_file=path)
        async with (
            watched(database, settings) as (_, one),
            watched(database, settings) as (_, other),
        ):
            one.note(before + 5)
            await sql(database, f"UPDATE dataset SET revision = {before + 5}")
            await until(lambda: other.newest == one.newest == before + 5)
            await sql(database, f"UPDATE dataset SET revision = {before}")
            await caught_up(one)
            await until(lambda: one.newest == before)
            await caught_up(one)
            await caught_up(other)
            assert SharedRevision.at(path).newest == before


def test_what_is_put_back_can_be_raised_again() -> None:
    with shared_file() as path:
        one, other = SharedRevision.at(path), SharedRevision.at(path)
        one.advance(7)
        other.put_back(9)
        assert one.newest == 7
        other.put_back(5)
        assert one.newest == 5
        one.advance(6)
        assert other.newest == 6
