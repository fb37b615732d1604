"""Lists, groups and analyses as tables that say what they are: metadata beside them, or a zip."""

from typing import Any

import msgspec

from service.formats.analyses import tables
from service.formats.analyses.pages import subject_of
from service.formats.analyses.typed_tables import typed_table
from service.formats.datasets.archive import pretty
from service.formats.files.described_tables import About, metadata, nulls_of, packed
from service.formats.files.group_files import (
    group_columns,
    group_header,
    group_rows,
    groups_csv,
    groups_schema,
)
from service.formats.files.table_schema import Described, figure_fields
from service.formats.files.typed_files import (
    Form,
    TypedLines,
    own_metadata,
    record_columns,
    whole,
)
from service.formats.rendering import Rendering
from service.query.fields import Collection
from service.query.registry import BY_NAME
from service.query.types.cells import Column
from service.texts.messages import message

TOLD = ("finding", "warnings", "coverage", "reasons", "method")


def about_records(collection: Collection, rendering: Rendering) -> About:
    """Of the rows of a list."""
    return _about(
        rendering, collection.heading(rendering.lang), collection.description(rendering.lang)
    )


def _about(
    rendering: Rendering,
    title: str,
    description: str,
    more: dict[str, Any] | None = None,
    **asked: str,
) -> About:
    return About(
        name=rendering.name,
        title=title,
        description=description,
        url=rendering.url,
        csv_url=rendering.form("csv", **asked),
        revision=rendering.revision,
        instant=rendering.instant,
        lang=rendering.lang,
        on=rendering.on,
        more=tuple((more or {}).items()),
    )


def typed_lines(
    form: Form, collection: Collection, columns: list[Column], rendering: Rendering
) -> TypedLines:
    """The rows of a list as a file with types."""
    own = own_metadata(about_records(collection, rendering), collection.kind)
    return TypedLines(form, record_columns(collection, columns, rendering.lang), own)


def groups_typed(form: Form, answer: dict[str, Any], rendering: Rendering) -> bytes:
    """The groups as a file with types."""
    about, collection = _about_groups(answer, rendering)
    columns = group_columns(answer, collection, rendering.lang)
    return whole(form, columns, answer["data"], own_metadata(about))


def analysis_typed(form: Form, answer: Any, rendering: Rendering) -> bytes:
    """A table of the analysis as a file with types."""
    columns, rows = typed_table(answer, rendering.options.table, rendering.lang)
    return whole(form, columns, rows, own_metadata(_about_analysis(answer, rendering)))


def groups_metadata(answer: dict[str, Any], rendering: Rendering) -> bytes:
    """What the groups are."""
    return pretty(_of_groups(answer, rendering)[1])


def groups_zip(answer: dict[str, Any], rendering: Rendering) -> bytes:
    """The groups with what they are."""
    about, told = _of_groups(answer, rendering)
    return packed(about, groups_csv(answer, is_excel=rendering.options.excel), told)


def _about_groups(answer: dict[str, Any], rendering: Rendering) -> tuple[About, Collection]:
    collection = BY_NAME[rendering.name.rpartition("aggregate-")[2]]
    title = message(
        "exports.table_title",
        rendering.lang,
        of=collection.heading(rendering.lang),
        by=", ".join(answer["group_by"]),
    )
    warnings = {"warnings": msgspec.to_builtins(answer["meta"]["warnings"])}
    about = _about(rendering, title, collection.description(rendering.lang), warnings)
    return about, collection


def _of_groups(answer: dict[str, Any], rendering: Rendering) -> tuple[About, Described]:
    about, collection = _about_groups(answer, rendering)
    rows = group_rows(answer)
    schema = groups_schema(answer, collection, rendering.lang)
    return about, metadata(about, schema, len(rows), nulls_of(group_header(answer), rows))


def analysis_metadata(answer: Any, rendering: Rendering) -> bytes:
    """What a table of the analysis is, with its method, coverage and the reasons of its nulls."""
    return pretty(_of_analysis(answer, rendering)[2])


def analysis_zip(answer: Any, rendering: Rendering) -> bytes:
    """The table with what it is."""
    about, chosen, told = _of_analysis(answer, rendering)
    return packed(about, tables.csv(chosen, is_excel=rendering.options.excel), told)


def _of_analysis(answer: Any, rendering: Rendering) -> tuple[About, tables.Table, Described]:
    chosen = tables.table(answer, rendering.options.table)
    about = _about_analysis(answer, rendering)
    fields = figure_fields(chosen.header, chosen.rows, rendering.lang)
    schema = {"fields": fields, "missingValues": [""]}
    nulls = nulls_of(chosen.header, chosen.rows)
    return about, chosen, metadata(about, schema, len(chosen.rows), nulls)


def _about_analysis(answer: Any, rendering: Rendering) -> About:
    name, shown = rendering.options.table, msgspec.to_builtins(answer)
    method = message(f"methods.{answer.method.id}.name", rendering.lang)
    more = {"table": name, **{part: shown[part] for part in TOLD if part in shown}}
    title = message("exports.table_title", rendering.lang, of=method, by=subject_of(shown))
    return _about(rendering, title, shown.get("finding", ""), more, table=name)
