"""Answers as DataFrames; pandas is needed only here."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import httpx

from parity_client._operations import OPERATIONS
from parity_client._requests import Request, request_of

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped,import-not-found,unused-ignore]

    Table: TypeAlias = pandas.DataFrame
else:
    Table = Any

_TYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
_MOMENTS = ("date", "datetime")
# What a table does not take, because it has all rows: these ask for one page, made of its records.
_OF_PAGES = frozenset({"limit", "cursor", "sample", "seed", "count", "facets", "include"})


def frame_request(name: str, query: Mapping[str, object], ids: tuple[str, ...]) -> Request:
    """The request whose answer is a table.

    Raises ValueError for an operation that has none.
    """
    operation = OPERATIONS[name]
    if not operation.table:
        raise ValueError(f"{name} has no table")
    if operation.is_page and not _OF_PAGES.isdisjoint(query):
        return request_of(name, query, ids)
    return request_of(name, query, ids, accept=operation.table)


def frame(request: Request, response: httpx.Response) -> Table:
    """The answer as a DataFrame. Raises ImportError without pandas."""
    try:
        import pandas
    except ImportError as error:
        raise ImportError("to_pandas needs pandas: pip install parity-client[pandas]") from error
    match request.headers["Accept"]:
        case "application/json":
            answer = response.json()
            table = pandas.json_normalize(answer["data"]).convert_dtypes()
            table.attrs |= {"revision": answer.get("meta", {}).get("revision")}
            return table
        case "application/zip":
            content, described = _unpacked(response.content)
        case _:
            content, described = response.content, {}
    return _read(pandas, content, described)


def _read(pandas: Any, content: bytes, described: Mapping[str, Any]) -> Table:
    """Empty cells are null and nothing else is: `NA` is Namibia. Days stay days; what is known to a
    month or a year only is text as it stands.
    """
    kinds = {one["name"]: one["type"] for one in described.get("schema", {}).get("fields", ())}
    plain = {name: _TYPES[kind] for name, kind in kinds.items() if kind in _TYPES}
    table = pandas.read_csv(io.BytesIO(content), dtype=plain, keep_default_na=False, na_values=[""])
    for name, kind in kinds.items():
        if kind in _MOMENTS:
            table[name] = pandas.to_datetime(table[name], utc=kind == "datetime")
    rest = [name for name in table.columns if name not in plain and kinds.get(name) not in _MOMENTS]
    table[rest] = table[rest].convert_dtypes()
    table.attrs |= {name: value for name, value in described.items() if name != "schema"}
    return table


def _unpacked(content: bytes) -> tuple[bytes, Mapping[str, Any]]:
    """A table and what it means, out of the archive of both."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        table = next(name for name in names if name.endswith(".csv"))
        about = next(name for name in names if name.endswith(".json"))
        described: Mapping[str, Any] = json.loads(archive.read(about))
        return archive.read(table), described
