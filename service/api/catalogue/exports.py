"""`/v1/exports/{collection}.csv.gz`, `.ndjson.gz`: whole collections, compressed."""

from service.api.http.operation import Reading
from service.api.http.parameters import AsOf, Language
from service.api.http.streaming import FileSent
from service.formats.files.columns import every_column
from service.formats.files.record_files import CsvLines, NdjsonLines
from service.model.errors import not_found
from service.model.suggestions import nearest
from service.query.registry import BY_NAME
from service.store.catalogue.lists import ListQuery
from service.usecases.catalogue.files import RecordFile, gzipped, is_large, written
from service.usecases.catalogue.lists import Selection

COST = 20


class ExportParameters(Language, frozen=True, kw_only=True):
    """What an export takes."""

    as_of: AsOf = None


async def export_collection(reading: Reading[ExportParameters], collection: str) -> FileSent:
    """A whole collection, compressed.

    Every record at one revision, by id, without bound: `.csv.gz` or `.ndjson.gz`.
    """
    if collection not in BY_NAME:
        raise not_found("collection", collection, nearest(collection, BY_NAME))
    exported, suffix = BY_NAME[collection], reading.format.suffix
    lines = CsvLines(every_column(exported)) if suffix == "csv.gz" else NdjsonLines()
    query = ListQuery(sort=("id",), lang=reading.lang)
    file = RecordFile(exported, query, Selection(lang=reading.lang), lines)
    return FileSent(
        name=f"parity-{collection}-r{reading.snapshot.revision}.{suffix}",
        make=lambda snapshot: gzipped(written(snapshot, file)),
        is_large=await is_large(reading.snapshot, file),
    )
