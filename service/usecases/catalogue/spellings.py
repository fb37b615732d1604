"""Texts that a question writes otherwise than the records do: by case, width or spaces."""

from typing import NamedTuple

from service.model.notices import Notice, WarningCode, notice
from service.query.fields import Collection
from service.query.filters.expressions import Comparison, Expression, comparisons
from service.query.operators import Operator
from service.store.catalogue import spellings
from service.store.database import Snapshot

COMPARED = (Operator.EQ, Operator.NOT, Operator.ALL, Operator.PREFIX)


class Misspelt(NamedTuple):
    """A value that nothing is called at `path`, and what is called so but for case or spaces."""

    path: str
    value: str
    meant: tuple[str, ...]

    def warning(self, lang: str) -> Notice:
        return notice(
            WarningCode.WRITTEN_OTHERWISE,
            lang,
            did_you_mean=self.meant,
            path=self.path,
            value=self.value,
            meant=", ".join(self.meant),
        )


async def misspelt(
    snapshot: Snapshot, collection: Collection, expression: Expression
) -> tuple[Misspelt, ...]:
    """Of the open texts that the filter names, those that match nothing as they are written."""
    found: dict[Misspelt, None] = {}
    for asked in filter(is_of_open_text, comparisons(expression)):
        is_prefix = asked.operator is Operator.PREFIX
        for value in asked.values:
            meant = await spellings.otherwise(
                snapshot, collection, asked.path, value, is_prefix=is_prefix
            )
            if meant:
                found[Misspelt(asked.path.name, value, meant)] = None
    return tuple(found)


def is_of_open_text(comparison: Comparison) -> bool:
    """Ids and closed lists are checked before they are asked for."""
    path = comparison.path
    is_stored = path.field.derived is None
    return path.type.is_open_text and is_stored and comparison.operator in COMPARED
