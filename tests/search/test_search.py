"""The parts of search, and the laws they keep."""

from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.search.documents import TYPES, Document, Field
from service.search.folding import fold
from service.search.highlighting import highlighted
from service.search.index import Index
from service.search.matching import matches
from service.search.phrases import TooManyWords, typed
from service.search.pinyin import VARIANTS_MAX, spellings
from service.search.ranking import BANDS
from service.search.retrieval import search, suggest
from service.search.typos import WORD_MIN

NAMES = {
    "feature/web-search": ("Web search", "联网搜索"),
    "feature/long-text": ("Long text", "长文本"),
    "feature/long-context": ("Long context", "长上下文"),
    "feature/deep-research": ("Deep research", "深度研究"),
    "feature/deep-thinking": ("Deep thinking", "深度思考"),
    "product/kimi": ("Kimi", "Kimi 智能助手"),
    "product/chatgpt": ("ChatGPT", "ChatGPT"),
    "product/metaso": ("Metaso", "秘塔AI搜索"),
    "product/cafe": ("Café Noir", "重庆银行"),
    "product/tongyi": ("Tongyi", "通义千问"),
    "vendor/moonshot-ai": ("Moonshot AI", "月之暗面"),
    "vendor/lvdong": ("Lüdong", "绿动"),
}


def document(path: str, *names: str, definition: str = "") -> Document:
    kind, _, record_id = path.partition("/")
    by_language = dict(zip(("en", "zh"), names, strict=False))
    fields = [Field(f"names.{tag}", name) for tag, name in by_language.items()]
    fields += [Field("id", record_id)] + [Field("definition", definition)] * bool(definition)
    return Document(kind, record_id, tuple(fields), by_language, {})


def index(*documents: Document) -> Index:
    return Index.of(documents)


SMALL = index(*(document(path, *names) for path, names in NAMES.items()))


def hits(q: str, base: Index = SMALL) -> list[str]:
    found = search(base, q)
    return [f"{d.type}/{d.id}" for d in (base.documents[n] for n in found.order.tolist())]


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded.text).text == folded.text
    assert len(folded.text) == len(folded.origins) == len(folded.marks)
    assert all(0 <= start < end <= len(text) for start, end in folded.origins)
    assert "".join(folded.words) == folded.text


@given(st.text(st.characters(max_codepoint=127), max_size=12))
def test_plain_letters_are_folded_as_all_others_are(text: str) -> None:
    plain, beside = fold(text), fold(f"{text} ü")
    assert plain.text + "u" == beside.text
    assert plain.origins == beside.origins[:-1]
    assert plain.marks == beside.marks[:-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [("ＫＩＭＩ", "kimi"), ("聯網搜索", "联网搜索"), ("Café", "cafe"), ("Cafe\u0301", "cafe"),
     ("Straße", "STRASSE"), ("deep-research", "Deep  Research"), ("①", "1"), ("ｱｲ", "アイ")],
)  # fmt: skip
def test_what_folds_to_the_same(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


def test_japanese_voicing_is_no_accent() -> None:
    assert fold("か").text != fold("が").text == fold("か\u3099").text


def test_words_are_runs_of_one_script() -> None:
    assert fold("Kimi智能-助手 v2.5").words == ["kimi", "智能", "助手", "v2", "5"]


@pytest.mark.parametrize(
    ("text", "full", "initials"),
    [("长文本", "changwenben", "cwb"), ("重庆银行", "chongqingyinhang", "cqyh"),
     ("行长", "hangzhang", "hz"), ("绿动", "lvdong", "ld"), ("绿动", "ludong", "ld"),
     ("360AI搜索", "360aisousuo", "360aiss")],
)  # fmt: skip
def test_polyphones_are_typed_in_every_way(text: str, full: str, initials: str) -> None:
    ways = spellings(fold(text))
    assert full in [way.text for way in ways.full]
    assert initials in [way.text for way in ways.initials]


def test_no_text_has_endless_spellings() -> None:
    ways = spellings(fold("重长行会还和乐" * 5))
    assert 1 < len(ways.full) <= VARIANTS_MAX
    assert spellings(fold("Kimi")).full == ()


@pytest.mark.parametrize(
    ("q", "first"),
    [("搜", "feature/web-search"), ("搜索", "product/metaso"), ("联网搜索", "feature/web-search"),
     ("聯網", "feature/web-search"), ("lwss", "feature/web-search"),
     ("lian wang sou suo", "feature/web-search"), ("changwenben", "feature/long-text"),
     ("cwb", "feature/long-text"), ("長文本", "feature/long-text"), ("cafe", "product/cafe"),
     ("aisousuo", "product/metaso"), ("aiss", "product/metaso"), ("yzam", "vendor/moonshot-ai"),
     ("chatgtp", "product/chatgpt"), ("deep reserch", "feature/deep-research"),
     ("ludong", "vendor/lvdong"), ("chongqing", "product/cafe"), ("earch", "feature/web-search"),
     ("kimi助手", "product/kimi"), ("助手 kimi", "product/kimi")],
)  # fmt: skip
def test_what_is_meant_comes_first(q: str, first: str) -> None:
    assert hits(q)[0] == first


def test_words_of_two_records_find_both() -> None:
    assert hits("kimi 长文本") == ["product/kimi", "feature/long-text"]
    assert hits("deep research kimi") == ["feature/deep-research", "product/kimi"]


def test_a_word_that_names_nothing_brings_what_it_matches() -> None:
    assert hits("kimi 搜索") == ["product/kimi", "product/metaso", "feature/web-search"]
    assert hits("kimi zzzz") == ["product/kimi"]


def test_a_record_that_matches_every_word_leaves_the_others_out() -> None:
    assert hits("deep thinking") == ["feature/deep-thinking"]


def test_a_chinese_word_with_one_wrong_character() -> None:
    base = index(document("feature/long-context", "Long context", "长上下文"))
    assert hits("长文本", base) == ["feature/long-context"]
    assert hits("长文", base) == []


def test_ways_rank_in_their_order() -> None:
    base = index(
        document("product/a1", "Sousuo"),
        document("product/a2", "Sousuo Plus"),
        document("product/a3", "My Sousuo"),
        document("product/a4", "Mysousuo"),
        document("product/a5", "x", "搜索"),
        document("product/a6", "Sousup"),
        document("product/a7", "y", definition="A sousuo thing."),
    )
    assert hits("sousuo", base) == [f"product/a{n}" for n in range(1, 8)]
    edges = [edge for band in BANDS.values() for edge in reversed(band)]
    assert edges == sorted(edges, reverse=True)


def test_equal_hits_stand_in_a_fixed_order() -> None:
    twins = [document(f"{kind}/{n}", "Twin") for kind in reversed(TYPES) for n in "cab"]
    expected = [f"{kind}/{n}" for kind in TYPES for n in "abc"]
    assert hits("twin", index(*twins)) == hits("twin", index(*reversed(twins))) == expected


def test_a_short_latin_word_finds_no_inner_letters() -> None:
    assert hits("im") == hits("e") == []
    assert hits("d") == ["feature/deep-research", "feature/deep-thinking"]


def test_suggestions_go_loose_only_when_there_is_nothing_else() -> None:
    def ids(q: str) -> list[str]:
        found = suggest(SMALL, q, limit=5)
        return [SMALL.documents[n].id for n in found.order.tolist()]

    assert ids("de") == ["deep-research", "deep-thinking"]
    assert ids("chatgtp") == ["chatgpt"]
    assert ids("earch") == ["web-search", "deep-research"]
    assert len(suggest(SMALL, "d", limit=1).order) == 1


def test_scores_lie_between_0_and_1_and_fall() -> None:
    for q in ("搜", "deep", "kimi 搜索", "a", "search"):
        scores = search(SMALL, q).scores.tolist()
        assert all(0 < score <= 1 for score in scores)
        assert scores == sorted(scores, reverse=True)


WORD = st.text(ascii_lowercase, min_size=1, max_size=9)
LATIN = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
HAN = st.text("联网搜索长文本重庆银行月之暗面深度研究聯網長", min_size=1, max_size=6)
NAME = st.one_of(LATIN, HAN, st.tuples(LATIN, HAN).map("".join))


@settings(max_examples=200)
@given(st.lists(NAME, min_size=1, max_size=8))
def test_a_name_finds_its_own_record_first_or_ties(names: list[str]) -> None:
    base = index(*(document(f"product/{n}", name) for n, name in enumerate(names)))
    for n, name in enumerate(names):
        found = search(base, name)
        own = [base.documents[place].id for place in found.order.tolist()].index(str(n))
        assert found.scores[own] == pytest.approx(found.scores[0])
        assert found.scores[0] == pytest.approx(1.0)


@settings(max_examples=300)
@given(st.text(ascii_lowercase, min_size=WORD_MIN, max_size=12), st.data())
def test_every_single_typo_finds_the_word(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(ascii_lowercase))
    mistyped = {
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :],
    }
    base = index(document("product/meant", f"The {word} one"), document("product/other", "Other"))
    for q in mistyped:
        assert "product/meant" in hits(q, base), q


@settings(max_examples=200)
@given(NAME, st.data())
def test_every_piece_of_a_name_is_found_and_shown(name: str, data: st.DataObject) -> None:
    folded = fold(name)
    start = data.draw(st.integers(0, len(folded.text) - 1))
    piece = data.draw(st.integers(start + 1, len(folded.text)).map(lambda e: folded.text[start:e]))
    base = index(document("product/own", name))
    if hits(piece, base):
        shown = matches(base.documents[0], typed(piece))
        assert shown
        assert all(match.places for match in shown)
    else:
        assert len(piece) < 3
        assert piece.isascii()


@given(st.text(max_size=20), st.sets(st.integers(0, 20)))
def test_highlighting_changes_nothing_but_marks(text: str, places: set[int]) -> None:
    marked = highlighted(text, places)
    plain = marked.replace("<em>", "").replace("</em>", "")
    for escaped, char in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        plain = plain.replace(escaped, char)
    assert plain == text


def test_markup_in_a_name_stays_text() -> None:
    assert highlighted("<b>Kimi</b>", {3, 4, 5, 6}) == "&lt;b&gt;<em>Kimi</em>&lt;/b&gt;"


@pytest.mark.parametrize(
    ("name", "q", "way", "shown"),
    [("Ｋｉｍｉ 智能助手", "kimi", "names.en", "<em>Ｋｉｍｉ</em> 智能助手"),
     ("聯網搜索", "网搜", "names.en", "聯<em>網搜</em>索"),
     ("联网搜索", "wangs", "pinyin", "联<em>网搜</em>索"),
     ("联网搜索", "ss", "pinyin_initials", "联网<em>搜索</em>"),
     ("Deep research", "deep research", "names.en", "<em>Deep research</em>"),
     ("Deep research", "reserch", "typo", "Deep <em>research</em>"),
     ("长上下文", "长文本", "typo", "<em>长</em>上下<em>文</em>")],
)  # fmt: skip
def test_what_matched_is_marked_in_the_original(name: str, q: str, way: str, shown: str) -> None:
    (match, *_) = matches(document("product/x1", name), typed(q))
    assert (match.matched_on, highlighted(match.field.text, match.places)) == (way, shown)


def test_too_much_is_refused() -> None:
    for q in (" ".join(f"w{n}" for n in range(13)), "a" * 201):
        with pytest.raises(TooManyWords):
            typed(q)
    assert typed("  ...  ").words == ()
    assert hits("  ...  ") == []
