"""Tables with types as files: Parquet, and the stream of Arrow.

What a file is made of and where it can be had again stands in its own metadata.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from service.formats.datasets.edition import LICENCE_URL
from service.formats.datasets.edition import PARQUET as PARQUET
from service.formats.files.archives import Pieces
from service.formats.files.arrow_types import CELLS, arrow_type, caster
from service.formats.files.described_tables import About
from service.formats.files.record_files import Shown
from service.formats.files.table_schema import described
from service.formats.json_records import encode, instant_text
from service.model.notices import Notice
from service.query.fields import Collection
from service.query.types.cells import Column, Reader

ARROW = "application/vnd.apache.arrow.stream"
Form = Literal["parquet", "arrow"]
# So many rows are compressed together, and held until then.
GROUP_ROWS = 10_000


class TypedColumn(NamedTuple):
    """`shape` is the Python type of its values, `told` what they mean."""

    name: str
    shape: Any
    read: Reader
    told: str = ""


def record_columns(
    collection: Collection, columns: Iterable[Column], lang: str
) -> list[TypedColumn]:
    """The columns of records; a value of several parts is kept as it is."""
    return [_of_records(collection, column, lang) for column in columns]


def _of_records(collection: Collection, column: Column, lang: str) -> TypedColumn:
    told = described(collection, column, lang).get("description", "")
    if column.nested is not None:
        return TypedColumn(column.name, column.nested.shape, column.nested.read, told)
    return TypedColumn(column.name, CELLS[column.holds], column.read, told)


class _Counted(Pieces):
    """Knows how much was written."""

    def __init__(self) -> None:
        super().__init__()
        self._length = 0

    def write(self, data: Any) -> int:
        self._length += (n := super().write(data))
        return n

    def tell(self) -> int:
        return self._length


class TypedLines:
    """The rows of a table in one of the forms, piece by piece."""

    def __init__(self, form: Form, columns: Sequence[TypedColumn], told: dict[str, str]) -> None:
        self._form, self._columns, self._told = form, columns, told
        self._casts = [caster(column.shape) for column in columns]

    def header(self) -> bytes:
        self._schema = _schema(self._columns, self._told)
        self._file = _Counted()
        self._batches: list[Any] = []
        self._n_held = 0
        self._warnings: list[Notice] = []
        self._writer = _writer(self._form, self._file, self._schema)
        return self._file.taken()

    def lines(self, records: Iterable[Shown]) -> bytes:
        import pyarrow as pa

        rows = list(records)
        arrays = [
            pa.array([cast(column.read(row)) for row in rows], field.type)
            for column, cast, field in zip(self._columns, self._casts, self._schema, strict=True)
        ]
        self._batches.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._n_held += len(rows)
        return self._flushed() if self._n_held >= GROUP_ROWS else b""

    def told(self, notices: list[Notice]) -> bytes:
        self._warnings = notices
        return b""

    def end(self) -> bytes:
        import pyarrow as pa

        self._write()
        if self._warnings:
            warnings = {"warnings": encode(msgspec.to_builtins(self._warnings)).decode()}
            if self._form == "parquet":
                self._writer.add_key_value_metadata(warnings)
            else:
                nothing = pa.RecordBatch.from_pylist([], schema=self._schema)
                self._writer.write_batch(nothing, custom_metadata=warnings)
        self._writer.close()
        return self._file.taken()

    def _flushed(self) -> bytes:
        self._write()
        return self._file.taken()

    def _write(self) -> None:
        import pyarrow as pa

        if self._batches:
            held = pa.Table.from_batches(self._batches).combine_chunks()
            self._writer.write_table(held, GROUP_ROWS)
            self._batches, self._n_held = [], 0


def _writer(form: Form, file: io.RawIOBase, schema: Any) -> Any:
    if form == "parquet":
        import pyarrow.parquet as pq

        return pq.ParquetWriter(file, schema, compression="zstd")
    import pyarrow as pa

    return pa.ipc.new_stream(file, schema)  # plain buffers: readers in browsers take no others


def _schema(columns: Sequence[TypedColumn], told: dict[str, str]) -> Any:
    import pyarrow as pa

    fields = [
        pa.field(
            column.name,
            arrow_type(column.shape),
            metadata={"description": column.told} if column.told else None,
        )
        for column in columns
    ]
    return pa.schema(fields, metadata=told)


def whole(
    form: Form, columns: Sequence[TypedColumn], rows: Iterable[Any], told: dict[str, str]
) -> bytes:
    """A table of which all rows are there."""
    lines = TypedLines(form, columns, told)
    return lines.header() + lines.lines(rows) + lines.end()


def own_metadata(about: About, kind: str = "") -> dict[str, str]:
    """What a file says of itself, all of it text; `kind` is that of its records."""
    told = {
        "title": about.title,
        "description": about.description,
        "kind": kind,
        "url": about.url,
        "citation": about.citation,
        "license": LICENCE_URL,
        "revision": str(about.revision),
        "recorded_at": instant_text(about.instant),
        "on": "" if about.on is None else about.on.isoformat(),
        "lang": about.lang,
        **{
            name: part if isinstance(part, str) else encode(part).decode()
            for name, part in about.more
        },
    }
    return {name: text for name, text in told.items() if text}
