"""The files of texts agree with each other and with the code."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.formats.files.columns import every_column
from service.formats.files.table_schema import table_schema
from service.query.fields import Collection
from service.query.issues import RULES
from service.query.registry import BY_KIND, COLLECTIONS
from service.query.views import TIMELINE, VIEWS
from service.texts import messages
from service.texts.messages import FALLBACK, LANGUAGES, PLACEHOLDER, section

SERVICE = Path(messages.__file__).parents[1]
MODULES = sorted(SERVICE.rglob("*.py"))
CHINESE = re.compile(r"[\u3001\u3002\u4e00-\u9fff]")
SPACED = re.compile(
    r"(?<![-#·])(?<=\S) (?=[\u4e00-\u9fff“])|(?<=[\u4e00-\u9fff”]) (?=[^\s·])|\A | \Z"
)
METHODS_ZH = SERVICE / "texts/methods/zh.toml"
BY_LANGUAGE = re.compile(r"""[=!]= "zh"|"zh":|\b(method|text)\.zh\b|_(zh|ZH)\b""")
CHINESE_BELONGS = ("search", "formats/models_dev")
# What a function adds to the key that it is given.
ENGLISH = re.compile(r"[A-Za-z]{2,} +[a-z]{2,}")
WRITTEN = re.compile(r"parity \w+( \w+)?|--\w+ \w+|Bearer parity_|component=amount currency/per")
COUNTED = r"\.(one|other)"
TAILS = dict.fromkeys(("message", "say", "speaker", "sentence"), "") | {
    "counted": COUNTED,
    "numbered": COUNTED,
    "section": r"\..+",
}
# What a function puts before it.
HEADS = dict.fromkeys(("sentence", "numbered"), r"details\.")
# Keys that no call spells: the words of closed lists and the names of figures.
WHOLLY_CHINESE = ("details.", "fields.", "about.", "columns.", "figures.")
LOOKED_UP = ("labels.", "figures.", "lists.", "details.words.")


def own(lang: str) -> dict[str, str]:
    return dict(messages._OWN[lang])


@pytest.mark.parametrize("lang", [one for one in LANGUAGES if one != FALLBACK])
def test_every_language_says_the_same_things(lang: str) -> None:
    english, other = own(FALLBACK), own(lang)
    assert english.keys() ^ other.keys() == set()
    differing = {
        key
        for key, text in english.items()
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(other[key]))
    }
    assert differing == set()


def test_what_is_wrong_is_wholly_chinese() -> None:
    """But for what a caller writes: commands, headers, names of parameters."""
    english = {
        key: text
        for key, text in own("zh").items()
        if key.startswith(WHOLLY_CHINESE) and ENGLISH.search(WRITTEN.sub("", text))
    }
    assert english == {}


def test_chinese_is_written_without_spaces() -> None:
    """Beside digits, Latin words and names of either script alike: what a placeholder says is not
    known to the text. A point between two things and an amount that was added have theirs."""
    spaced = {key: text for key, text in own("zh").items() if SPACED.search(text)}
    spaced |= {
        f"{method_id}.{key}": text
        for method_id, told in tomllib.loads(METHODS_ZH.read_text("utf-8")).items()
        for key, text in (told.items() if isinstance(told, dict) else ())
        if SPACED.search(str(text))
    }
    assert spaced == {}


def test_no_text_is_empty() -> None:
    for lang in LANGUAGES:
        assert [key for key, text in own(lang).items() if not text] == []


def test_every_text_is_used_and_every_used_text_is_there() -> None:
    keys = set(own(FALLBACK))
    patterns = {pattern for module in MODULES for pattern in used(module)}
    unknown = {p for p in patterns if not any(re.fullmatch(p, key) for key in keys)}
    assert unknown == set()
    unused = {k for k in keys if not any(re.fullmatch(p, k) for p in patterns)}
    assert {key for key in unused if not key.startswith(LOOKED_UP)} == set()


def test_a_sentence_is_given_what_its_text_asks_for() -> None:
    keys, wrong = own(FALLBACK), set()
    for module in MODULES:
        for call in calls_of(module, *HEADS) if module.name != "sentences.py" else ():
            given = {name.arg for name in call.keywords}
            function = ast.unparse(call.func)
            if None not in given:
                known = pattern(call.args[0])
                form = HEADS[function] + known + TAILS[function]
                given |= {"n"} if function == "numbered" else set()
                texts = [text for key, text in keys.items() if re.fullmatch(form, key)]
                asked = [set(PLACEHOLDER.findall(text)) for text in texts]
                fitting = [names for names in asked if names <= given]
                is_one = isinstance(call.args[0], ast.Constant)
                if set().union(*fitting) != given or not fitting or (is_one and fitting != asked):
                    wrong.add(f"{module.name}: {ast.unparse(call.args[0])}")
    assert wrong == set()


def test_every_event_has_a_label_and_a_title() -> None:
    events = TIMELINE.field("event")
    assert events is not None
    wanted = {f"{section}.{name}" for name in events.values for section in ("labels", "events")}
    assert wanted - own(FALLBACK).keys() == set()


def test_every_kind_of_record_has_a_label() -> None:
    assert {f"labels.{kind}" for kind in BY_KIND} - own(FALLBACK).keys() == set()


@pytest.mark.parametrize("collection", [*COLLECTIONS, *VIEWS], ids=lambda c: c.name)
def test_every_field_and_column_is_told_in_chinese(collection: Collection) -> None:
    told = [collection.description("zh"), *(f.description("zh") for f in collection.every_field)]
    shown = table_schema(collection, every_column(collection), "zh")["fields"]
    told += [field["description"] for field in shown]
    assert [text for text in told if not CHINESE.search(text) or ENGLISH.search(text)] == []


def test_no_meaning_of_a_field_is_told_in_vain() -> None:
    every = {f.meaning or f.name for c in (*COLLECTIONS, *VIEWS) for f in c.every_field}
    assert {f"fields.{meaning}" for meaning in every} == {
        k for k in own(FALLBACK) if k.startswith("fields.")
    }
    assert {c.name for c in (*COLLECTIONS, *VIEWS)} == set(section("about"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_field_of_rules_tells_every_rule(lang: str) -> None:
    told = own(lang)["fields.rule"]
    assert [rule for rule in RULES if not re.search(rf"\b{rule}\b[:：]", told)] == []


def used(module: Path) -> Iterator[str]:
    """Patterns of the keys that a module asks for; an expression within a key is anything.

    What `speaker` gives is called `say`.
    """
    if module.name in ("messages.py", "sentences.py"):
        return
    yield from (
        rf"{ast.literal_eval(n.args[1])}\..+" for n in calls_of(module, "word") if n.args[1:]
    )
    calls = [(ast.unparse(n.func), pattern(n.args[0])) for n in calls_of(module, *TAILS)]
    sections = {key for function, key in calls if function == "speaker"}
    for function, key in calls:
        if function != "speaker":
            start = rf"({'|'.join(sections)})\." if function == "say" else HEADS.get(function, "")
            yield start + key + TAILS[function]


def calls_of(module: Path, *names: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]


def pattern(key: ast.expr) -> str:
    """Of a string literal or an f-string; whatever else is no key that a reader finds."""
    if isinstance(key, ast.Constant):
        return re.escape(str(key.value))
    assert isinstance(key, ast.JoinedStr), ast.unparse(key)
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
        for part in key.values
    )


def test_no_module_holds_chinese_or_asks_for_a_language() -> None:
    found = set()
    for module in MODULES:
        name = module.relative_to(SERVICE).as_posix()
        text = module.read_text(encoding="utf-8")
        if CHINESE.search(text) or BY_LANGUAGE.search(text):
            found.add(name)
    assert {name for name in found if not name.startswith(CHINESE_BELONGS)} == set()
