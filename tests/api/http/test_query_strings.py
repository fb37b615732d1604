"""A query string as it is read and as it is written."""

from urllib.parse import parse_qsl, urlencode

from hypothesis import example, given
from hypothesis import strategies as st

from service.api.http.query_string import QueryString, encoded

TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=8)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=4))
@example(
    [("q", "联网 搜索+&=%"), ("cursor", "a.b-c_~"), ("id__not", "adp_1,adp_2:3"), ("a\n", "b\n")]
)
def test_it_is_written_as_forms_are(pairs: list[tuple[str, str]]) -> None:
    assert encoded(pairs) == urlencode(pairs)


@given(st.lists(st.tuples(TEXT.filter(bool), TEXT), max_size=4))
@example([("sort", "-date,name:x"), ("q", "a\n")])
def test_what_is_written_is_read(pairs: list[tuple[str, str]]) -> None:
    for raw in (encoded(pairs), urlencode(pairs, safe=",:~\n")):
        given = QueryString(raw.encode()).given
        assert given == _by_name(parse_qsl(raw, keep_blank_values=True))


def _by_name(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
