"""The table that the command prints: a row for each tool."""

from collections.abc import Sequence
from dataclasses import dataclass, field

HEADS = ("tool", "version", "errors", "warnings", "compiled", "answered", "seconds")


@dataclass
class Row:
    """`compiled` and `answered` are None where a tool compiles and asks nothing. `says` holds what
    it found fault with, in its words. What a generator warns of is told, but does not count: the
    one in Python has no word for a CSV body.
    """

    tool: str
    version: str
    errors: int = 0
    warnings: int = 0
    compiled: bool | None = None
    answered: tuple[int, int] | None = None
    seconds: float = 0.0
    says: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """No error, no warning of a linter, and everything compiled and answered."""
        is_quiet = not self.errors and (not self.warnings or self.compiled is not None)
        all_answered = self.answered is None or self.answered[0] == self.answered[1]
        return is_quiet and self.compiled is not False and all_answered

    def cells(self) -> tuple[str, ...]:
        compiled = {None: "", True: "yes", False: "no"}[self.compiled]
        answered = "" if self.answered is None else "{} of {}".format(*self.answered)
        counts = (str(self.errors), str(self.warnings))
        return (self.tool, self.version, *counts, compiled, answered, f"{self.seconds:.1f}")


def table(rows: Sequence[Row]) -> str:
    lines = [HEADS, *(row.cells() for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEADS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
