"""Files from elsewhere: encodings, line ends, separators, and what is another format."""

import gzip
import io
import json
import zipfile
from asyncio import to_thread
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.__main__ import main
from service.store.database import Database
from tests.answers import assert_problem, bearer, exported
from tests.clients import Importer, served
from tests.make import new_key

CSV, NDJSON = "text/csv", "application/x-ndjson"
TABLE = """id,name,names.zh,country,note
baidu,Baidu,百度,CN,"a, b; c"
moonshot,Moonshot,月之暗面,CN,
"""
LINES = [
    {
        "kind": "vendor",
        "id": "baidu",
        "name": "Baidu",
        "names": {"zh": "百度"},
        "country": "CN",
        "note": "a, b; c",
    },
    {
        "kind": "vendor",
        "id": "moonshot",
        "name": "Moonshot",
        "names": {"zh": "月之暗面"},
        "country": "CN",
    },
]
TEXT = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in LINES)


def parted(by: str) -> str:
    return TABLE.replace(",", by).replace(f"a{by} b", "a, b")


@pytest.fixture
async def importer(database: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(database, "write")
    async with served(database) as client:
        yield Importer(client, database, bearer(secret))


def packed(text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", text)
    return file.getvalue()


SHEETS = {
    "plain": (TABLE.encode(), CSV, "utf-8"),
    "byte order mark and CRLF": (
        TABLE.replace("\n", "\r\n").encode("utf-8-sig"),
        CSV,
        "utf-8",
    ),
    "CR": (TABLE.replace("\n", "\r").encode(), CSV, "utf-8"),
    "no end of the last line": (TABLE.rstrip("\n").encode(), CSV, "utf-8"),
    "semicolons": (parted(";").encode(), CSV, "utf-8"),
    "tabs": (parted("\t").encode(), CSV, "utf-8"),
    "a line that names the separator": (f"sep=;\r\n{parted(';')}".encode(), CSV, "utf-8"),
    "GBK": (TABLE.encode("gbk"), f"{CSV}; charset=GBK", "gbk"),
    "GB 2312": (TABLE.encode("gb2312"), f'{CSV}; charset="gb2312"', "gb2312"),
    "GB 18030 and semicolons": (parted(";").encode("gb18030"), f"{CSV};charset=gb18030", "gb18030"),
    "Unicode text of a spreadsheet": (parted("\t").encode("utf-16"), CSV, "utf-8"),
    "UTF-16 with a mark": (TABLE.encode("utf-16"), f"{CSV}; charset=utf-16", "utf-16"),
    "UTF-16BE": (TABLE.encode("utf-16-be"), f"{CSV}; charset=utf-16be", "utf-16be"),
    "blank lines, empty rows and empty columns": (
        "\n".join(line + ",," for line in ["", *TABLE.splitlines(), ",,,,", " ,", ""]).encode(),
        CSV,
        "utf-8",
    ),
    "a space around each cell": (
        TABLE.replace(",CN,", " ,\u00a0CN , ").replace("id,name", "id , name").encode(),
        CSV,
        "utf-8",
    ),
    "lines": (TEXT.encode(), NDJSON, "utf-8"),
    "lines with a mark and CRLF": (TEXT.replace("\n", "\r\n").encode("utf-8-sig"), NDJSON, "utf-8"),
    "lines with CR": (TEXT.replace("\n", "\r").encode(), NDJSON, "utf-8"),
    "lines in GBK": (TEXT.encode("gbk"), f"{NDJSON}; charset=gbk", "gbk"),
    "lines in UTF-16": (TEXT.encode("utf-16"), f"{NDJSON}; charset=utf-16", "utf-16"),
}


@pytest.mark.parametrize(("body", "media_type", "encoding"), SHEETS.values(), ids=SHEETS.keys())
async def test_a_file_is_read_however_it_was_saved(
    importer: Importer, body: bytes, media_type: str, encoding: str, tmp_path: Path
) -> None:
    kind = "&kind=vendor" if media_type.startswith(CSV) else ""
    answer = await importer.post(body, kind, content_type=media_type)
    assert answer.status_code == 200, answer.text
    assert (await exported(importer.database)) == TEXT.encode()
    again = await imported(importer.database, tmp_path, body, encoding, bool(kind))
    assert "2 unchanged" in again.stdout, again.output


async def imported(
    database: Database, folder: Path, body: bytes, encoding: str, is_csv: bool
) -> Result:
    file = folder / "file"
    file.write_bytes(body)
    words = ["import", str(file), "--encoding", encoding]
    words += ["--kind", "vendor"] if is_csv else []
    return await to_thread(
        CliRunner().invoke, main, words, env={"PARITY_DATABASE_URL": database.url}
    )


UNREADABLE = {
    "another charset": (TABLE.encode("big5", "replace"), f"{CSV}; charset=big5", 415, 0, "gb18030"),
    "Latin 1": (b"id,name\na,\xe9", f"{CSV}; charset=iso-8859-1", 415, 0, "utf-16"),
    "no header": (TABLE.encode(), f"{CSV}; header=absent", 415, 0, "header=absent"),
    "GBK, and nothing said": (TABLE.encode("gbk"), CSV, 422, 2, "charset=gbk"),
    "lines in GBK, and nothing said": (TEXT.encode("gbk"), NDJSON, 422, 1, "charset=gbk"),
    "GBK that is none": (b"id,name\na,b\nc,\xff\xff\n", f"{CSV}; charset=gbk", 422, 3, "gbk"),
    "UTF-16 without a mark": (
        TABLE.encode("utf-16-le"),
        f"{CSV}; charset=utf-16",
        422,
        1,
        "utf-16le",
    ),
    "UTF-16 without a mark, and nothing said": (TABLE.encode("utf-16-le"), CSV, 422, 1, "utf-16le"),
    "a cut UTF-16": (TABLE.encode("utf-16")[:-1], f"{CSV}; charset=utf-16", 422, 3, "utf-16"),
    "an unnamed column that is filled": (b"id,,name\na,x,b\n", CSV, 422, 2, "column 2"),
}


@pytest.mark.parametrize(
    ("body", "media_type", "status", "line", "told"), UNREADABLE.values(), ids=UNREADABLE.keys()
)
async def test_what_cannot_be_read_is_never_misread(
    importer: Importer, body: bytes, media_type: str, status: int, line: int, told: str
) -> None:
    kind = "&kind=vendor" if media_type.startswith(CSV) else ""
    answer = await importer.post(body, kind, content_type=media_type)
    code = "unsupported_media_type" if status == 415 else "import_row_failed"
    problem = assert_problem(answer, status, code)
    errors = problem.get("errors", [])
    assert told in (errors[0]["detail"] if line else problem["detail"])
    assert not line or errors[0]["line"] == line
    assert await importer.database.revision() == 0


PAGE = json.dumps({"object": "list", "data": LINES, "page": {}})
CATALOGUE = json.dumps({"openai": {"id": "openai", "env": [], "models": {}}})
DOCUMENTS = {
    "a JSON array": json.dumps(LINES),
    "a JSON array over lines": json.dumps(LINES, indent=1),
    "a page": PAGE,
    "a document over lines": json.dumps(LINES[0], indent=1),
}
FOREIGN = {
    "a catalogue": (CATALOGUE, "models.dev"),
    "a web page": ("\n<!DOCTYPE html>\n<html></html>", "HTML"),
    "XML": ('<?xml version="1.0"?><a/>', "XML"),
    "a workbook": (packed("<x/>"), "zip archive"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "Office"),
    "gzip": (gzip.compress(TABLE.encode()), "gzip"),
    "Parquet": (b"PAR1\x15\x04", "Parquet"),
}
OTHERS = {
    "lines sent as CSV": (TEXT, CSV, "NDJSON"),
    "a catalogue over lines": (json.dumps(json.loads(CATALOGUE), indent=1), NDJSON, "models.dev"),
    "CSV sent as lines": (TABLE, NDJSON, "CSV"),
    "semicolons sent as lines": (parted(";"), NDJSON, "CSV"),
    "tabs sent as lines": (parted("\t"), NDJSON, "CSV"),
    **{f"{name} as CSV": (body, CSV, "application/json") for name, body in DOCUMENTS.items()},
    **{f"{name} as CSV": (body, CSV, told) for name, (body, told) in FOREIGN.items()},
    **{f"{name} as lines": (body, NDJSON, told) for name, (body, told) in FOREIGN.items()},
}


@pytest.mark.parametrize(("body", "media_type", "told"), OTHERS.values(), ids=OTHERS.keys())
async def test_another_format_is_named(
    importer: Importer, body: str | bytes, media_type: str, told: str, tmp_path: Path
) -> None:
    sent = body.encode() if isinstance(body, str) else body
    kind = "&kind=vendor" if media_type == CSV else ""
    for ask in ("", "&on_error=skip"):
        answer = await importer.post(sent, kind + ask, content_type=media_type)
        problem = assert_problem(answer, 422, "import_row_failed")
        (error,) = problem["errors"]
        assert problem["detail"] == "The file cannot be read; nothing was stored."
        assert told in error["detail"]
        assert error["code"] in ("invalid_csv", "invalid_json", "invalid_value")
    chinese = await importer.post(sent, kind, content_type=media_type, accept_language="zh")
    assert "文件" in chinese.json()["errors"][0]["detail"]
    ran = await imported(importer.database, tmp_path, sent, "utf-8", bool(kind))
    assert (ran.exit_code, told in ran.stderr) == (1, True), ran.output
    assert await importer.database.revision() == 0


async def test_a_table_on_the_command_line_says_its_kind(
    database: Database, tmp_path: Path
) -> None:
    file, any_kind = tmp_path / "vendors.csv", tmp_path / "names.csv"
    file.write_text(TABLE)
    any_kind.write_text("id,name\nbaidu,Baidu\n")
    environment = {"PARITY_DATABASE_URL": database.url}
    for words, told in (
        ([str(any_kind)], "--kind"),
        ([str(file), "--kind", "vendors"], "--kind"),
        ([str(file), "--kind", "vendor", "--encoding", "big5"], "--encoding"),
        ([str(file), "--kind", "vendor", "--format", "models.dev"], "--kind"),
    ):
        ran = await to_thread(CliRunner().invoke, main, ["import", *words], env=environment)
        assert (ran.exit_code, told in ran.stderr) == (2, True), ran.output
    assert await database.revision() == 0


@pytest.mark.parametrize(
    ("table", "charset"),
    [
        (TABLE, "utf-8"),
        ("sep=;\r\n;;\r\n" + parted(";").replace("\n", "\r\n"), "gbk"),
        ("id,name,href\nbaidu,Baidu,/v1/vendors/baidu\n", "utf-8"),
    ],
    ids=["its columns", "after lines that are none", "a downloaded list"],
)
async def test_a_table_over_http_need_not_say_its_kind(
    importer: Importer, table: str, charset: str
) -> None:
    kind = f"{CSV}; charset={charset}"
    answer = await importer.post(table.encode(charset), content_type=kind)
    assert answer.status_code == 200, answer.text
    assert answer.json()["kind"] == "vendor"
    assert '"kind":"vendor"' in (await exported(importer.database)).decode().replace(" ", "")


@pytest.mark.parametrize(
    "table", ["id,name\nbaidu,Baidu\n", "colour\nred\n", "", '"', '{"kind": "vendor"}\n', "\x00"]
)
async def test_a_table_over_http_that_fits_several_kinds_or_none_is_asked_for_it(
    importer: Importer, table: str
) -> None:
    answer = await importer.post(table.encode(), content_type=CSV)
    (error,) = assert_problem(answer, 400, "empty_value")["errors"]
    assert error["parameter"] == "kind"
    assert {"vendor", "market"} <= set(error["allowed"])
    assert ("adoption" in error["allowed"]) == (not table.startswith("id"))
    assert await importer.database.revision() == 0
