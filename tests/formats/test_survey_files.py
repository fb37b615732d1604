"""Features and their states, a line each."""

import re

import pytest

from service.formats.survey_files import looked_for


@pytest.mark.parametrize(
    "text",
    [
        "feature,state\nmemory,present\ncanvas,absent\n",
        'state,note,feature_id\nPresent,"a, b",memory\n\nabsent,,canvas\n',
        '{"feature": "memory", "state": "present"}\n{"feature_id": "canvas", "state": "absent"}\n',
    ],
)
def test_csv_and_ndjson_say_the_same(text: str) -> None:
    found = looked_for(text.encode().splitlines(keepends=True))
    assert found == (["memory"], ["canvas"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("memory,present\n", "feature,state"),
        (
            "feature,state\nmemory,presnt\n",
            'Line 2: "presnt" is no state; write present or absent. Did you mean present?',
        ),
        ("feature,state\nmemory\n", "Line 2:"),
        ('{"feature": "memory", "state": "present"}\n[1]\n', "Line 2:"),
        ('{"feature": 7, "state": "present"}\n', "Line 1:"),
        ("feature,state\n\n,present\n", "Line 3:"),
    ],
)
def test_the_first_wrong_line_is_told(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        looked_for(text.encode().splitlines(keepends=True))


def test_nothing_says_nothing() -> None:
    assert looked_for([]) == ([], [])
