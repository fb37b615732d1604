"""What clients are made of our OpenAPI document, and whether they work.

python -m bench.clients [--without-page] [DOCUMENT]; lints openapi/openapi.json with Redocly and
Spectral, makes a client with four generators, compiles each, lets it ask a running service five
questions, sends every form of /docs/reference in Chromium, and asks Lighthouse of pages. Prints
what was found fault with and a table. Exit code 1: something is not clean; 2: node, npm or Chromium
is not on this machine. The packages are installed at their pinned versions beside this file; two of
the generators ask for Node 22 and run on 20.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.clients import generators, linters, page, tools
from bench.clients.serving import serving
from bench.clients.table import Row, table

DOCUMENT = Path("openapi/openapi.json")
SHOWN = 40
LINTERS = (linters.redocly, linters.spectral)
GENERATORS = (
    generators.openapi_fetch,
    generators.hey_api,
    generators.orval,
    generators.python_client,
)


def main() -> int:
    asked = _arguments()
    if lacking := tools.missing(with_browser=not asked.without_page):
        print(f"Not on this machine: {', '.join(lacking)}.", file=sys.stderr)
        return 2
    tools.install()
    document: Path = asked.document.resolve()
    rows = []
    for row in _rows(document, with_page=not asked.without_page):
        rows.append(row)
        _tell(row)
    print(f"{document.name}: {document.stat().st_size:,} bytes")
    print(table(rows))
    return 0 if all(row.is_clean for row in rows) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.clients")
    parser.add_argument("--without-page", action="store_true", help="leave /docs out")
    parser.add_argument("document", nargs="?", type=Path, default=DOCUMENT)
    return parser.parse_args()


def _rows(document: Path, *, with_page: bool) -> Iterator[Row]:
    for lint in LINTERS:
        yield _timed(lint, document)
    with serving() as served:
        for make in GENERATORS:
            yield _timed(make, document, served)
        if with_page:
            yield _timed(page.docs_page, served)
            yield _timed(page.lighthouse, served)


def _timed(make: Callable[..., Row], *given: object) -> Row:
    began = time.monotonic()
    row = make(*given)
    row.seconds = time.monotonic() - began
    return row


def _tell(row: Row) -> None:
    if row.says:
        print(f"{row.tool}:")
        print("\n".join(f"  {line}" for line in row.says[:SHOWN]))
        if len(row.says) > SHOWN:
            print(f"  ... and {len(row.says) - SHOWN} lines more")


if __name__ == "__main__":
    sys.exit(main())
