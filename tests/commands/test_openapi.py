"""`parity openapi --examples` writes only what says something new."""

from pathlib import Path

from service.commands.openapi import keep

ANSWER = '{"id": "src_01m8ma9qckedtvt8jw6a000000", "title": "A page", "recorded_at": "%s"}'
FIRST, LATER = "2026-11-01T10:00:00.000Z", "2026-11-29T18:50:23.382Z"


def test_other_ids_and_instants_are_no_other_example(tmp_path: Path) -> None:
    file = tmp_path / "get_source.json"
    keep(file, ANSWER % FIRST)
    keep(file, (ANSWER % LATER).replace("jw6a", "jw6b"))
    assert file.read_text(encoding="utf-8") == ANSWER % FIRST


def test_another_answer_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "get_source.json"
    keep(file, ANSWER % FIRST)
    keep(file, (ANSWER % LATER).replace("A page", "Another"))
    assert "Another" in file.read_text(encoding="utf-8")
