"""What a CSV file holds is seen from its columns, and from the addresses of its rows."""

import pytest

from service.formats.import_format.csv_kinds import kinds_of

SEEN = {
    "required keys": (b"product,feature,stage,sources\n", ["adoption"]),
    "names of the API": (b"product_id,feature_id,stage,source_ids\n", ["adoption"]),
    "semicolons": (b"product;metric;value\np;m;1\n", ["usage"]),
    "an address": (b"id,href\nx,/v1/features/x\n", ["feature"]),
    "a product": (b"id,vendor,markets\n", ["product"]),
    "what many have": (b"id,name\nx,X\n", ["market", "vendor", "feature", "business_model"]),
    "a missing column": (b"product,feature\n", []),
    "an unknown column": (b"product,feature,stage,colour\n", []),
    "an open quote": (b'url,title\nurn:a,"b', ["source"]),
    "an address of elsewhere": (b"id,href\nx,/v1/offers/x\n", []),
}


@pytest.mark.parametrize(("beginning", "kinds"), SEEN.values(), ids=SEEN.keys())
def test_the_kinds_that_a_file_may_hold(beginning: bytes, kinds: list[str]) -> None:
    assert kinds_of(beginning.splitlines(keepends=True)) == kinds
