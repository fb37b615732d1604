"""The methods by which figures are made: what they say, how, in which version."""

from importlib.resources import files

import msgspec
from msgspec import Struct

from service.texts.messages import message, section


class Method(Struct, frozen=True, kw_only=True):
    """Which method, in which version, asked with which parameters."""

    id: str
    version: str
    parameters: dict[str, object]
    href: str


class Text(Struct, frozen=True, kw_only=True):
    """What a method is, in one language."""

    name: str
    definition: str
    assumptions: str
    limits: str
    changes: dict[str, str]  # by version


class Description(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a method is in every language: the version in force, its formula and its sources."""

    version: str
    formula: str
    references: tuple[str, ...]


METHODS = msgspec.toml.decode(
    (files("service.texts") / "methods" / "formulas.toml").read_bytes(),
    type=dict[str, Description],
)


def text(method_id: str, lang: str) -> Text:
    """The method in words, with what every method assumes."""
    draws = message("methods.every.draws", lang)
    return Text(
        name=message(f"methods.{method_id}.name", lang),
        definition=message(f"methods.{method_id}.definition", lang),
        assumptions=message(
            "methods.every.assumptions",
            lang,
            own=message(f"methods.{method_id}.assumptions", lang, draws=draws),
        ),
        limits=message(f"methods.{method_id}.limits", lang),
        changes=section(f"methods.{method_id}.changes", lang),
    )


def method(method_id: str, parameters: dict[str, object]) -> Method:
    return Method(
        id=method_id,
        version=METHODS[method_id].version,
        parameters=dict(sorted(parameters.items())),
        href=f"/v1/methods/{method_id}",
    )
