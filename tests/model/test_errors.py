"""Codes are members that know what HTTP makes of them."""

import ast
from http import HTTPStatus
from pathlib import Path

import msgspec

import service
from service.model.errors import Code, Fault
from service.texts.messages import section

MODULES = sorted(Path(service.__file__).parent.rglob("*.py"))


def test_every_code_has_its_texts() -> None:
    parts = {f"{code}.{part}" for code in Code for part in ("title", "help")}
    assert set(section("errors")) == parts


def test_every_code_is_its_name_in_small_letters_and_has_a_status() -> None:
    for code in Code:
        assert code == code.name.lower()
        assert HTTPStatus(code.status) >= HTTPStatus.BAD_REQUEST or code is Code.MOVED


def test_only_401_and_403_challenge_and_only_passing_faults_are_tried_again() -> None:
    assert {code.status for code in Code if code.challenge} == {401, 403}
    assert {code.status for code in Code if code.retry_seconds} == {408, 429, 503}


def test_a_fault_goes_over_the_wire_as_words() -> None:
    fault = Fault(Code.UNKNOWN_FIELD, "No.", pointer="", did_you_mean=("name",))
    assert msgspec.json.decode(msgspec.json.encode(fault)) == {
        "code": "unknown_field",
        "detail": "No.",
        "pointer": "",
        "did_you_mean": ["name"],
    }


def test_one_struct_is_named_fault() -> None:
    found = [
        f"{module.name}:{node.name}"
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and node.name.endswith("Fault")
    ]
    assert found == ["errors.py:Fault"]
