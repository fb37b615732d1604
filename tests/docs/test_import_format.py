"""docs/import-format.md names the keys that each kind takes."""

import re
from pathlib import Path

import msgspec

from service.formats.import_format.record_types import RECORD_TYPES

PAGE = Path(__file__).parents[2] / "docs" / "import-format.md"
ROW = re.compile(r"^\| `(\w+)` \| `([\w ]+)` \| `([\w ]+)` \|", re.MULTILINE)


def test_the_table_of_kinds_has_their_keys() -> None:
    written = {
        kind: (set(required.split()), set(optional.split()))
        for kind, required, optional in ROW.findall(PAGE.read_text(encoding="utf-8"))
    }
    assert written == {kind: keys(shape) for kind, shape in RECORD_TYPES.items()}


def keys(shape: type[msgspec.Struct]) -> tuple[set[str], set[str]]:
    """The required and the optional ones."""
    fields = msgspec.structs.fields(shape)
    required = {field.encode_name for field in fields if field.required}
    return required, {field.encode_name for field in fields} - required
