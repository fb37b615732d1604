"""What writes an answer in a format that takes no more than the answer."""

from collections.abc import Callable
from typing import Any, TypeAlias

from service.formats import json_ld
from service.formats.analyses import tables
from service.formats.datasets import croissant, datapackage, dcat
from service.formats.datasets.archive import pretty
from service.formats.datasets.edition import Edition
from service.formats.files import atom, group_files, icalendar, json_feed
from service.formats.json_records import encode
from service.formats.pictures.picture import Drawing
from service.formats.rendering import Rendering

Encoder: TypeAlias = Callable[[Any, Rendering], bytes | Drawing]


def _alone(write: Callable[[Any], bytes]) -> Encoder:
    return lambda answer, _: write(answer)


def _described(write: Callable[[Edition], Any]) -> Encoder:
    return lambda edition, _: pretty(write(edition))


as_json = _alone(encode)
feed_atom = _alone(atom.atom)
feed_json = _alone(json_feed.json_feed)
feed_calendar = _alone(icalendar.calendar)
dataset_croissant = _described(croissant.croissant)
dataset_datapackage = _described(datapackage.datapackage)
dataset_dcat = _described(dcat.dcat)


def table_csv(answer: Any, rendering: Rendering) -> bytes:
    return tables.csv(tables.whole(answer), is_excel=rendering.options.excel)


def table_ndjson(answer: Any, _: Rendering) -> bytes:
    return b"".join(encode(row) + b"\n" for row in tables.whole_rows(answer))


def groups_csv(answer: dict[str, Any], rendering: Rendering) -> bytes:
    return group_files.groups_csv(answer, is_excel=rendering.options.excel)


def groups_ndjson(answer: dict[str, Any], _: Rendering) -> bytes:
    return b"".join(encode(group) + b"\n" for group in answer["data"])


def ld_record(record: dict[str, Any], rendering: Rendering) -> bytes:
    return encode(json_ld.of_record(record, rendering.base))


def ld_list(answer: dict[str, Any], rendering: Rendering) -> bytes:
    return encode(json_ld.of_list(answer, rendering.base))
