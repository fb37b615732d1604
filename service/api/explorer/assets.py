"""What the pages look like: one stylesheet, one small script, one mark, at addresses that say
which edition they are."""

import hashlib
from pathlib import Path

from litestar import Response, get
from litestar.params import FromPath

from service.api.http.conditional import FRESH, IMMUTABLE
from service.api.http.parameters import Nothing, parameters_of
from service.api.http.state import AnyRequest
from service.model.errors import not_found
from service.model.suggestions import nearest

FOLDER = Path(__file__).with_name("assets")
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
ASSETS = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir())}
EDITION = hashlib.sha256(b"\0".join(ASSETS.values())).hexdigest()[:12]


def address(name: str) -> str:
    """Where it stands, as it is now."""
    assert name in ASSETS, name
    return f"/assets/{EDITION}/{name}"


@get("/assets/{edition:str}/{name:str}", include_in_schema=False, sync_to_thread=False)
def asset(request: AnyRequest, edition: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """As it is now, whichever edition is asked for; only its own may be kept for ever."""
    parameters_of(request, Nothing)
    if name not in ASSETS:
        raise not_found("asset", name, nearest(name, ASSETS))
    headers = {"cache-control": IMMUTABLE if edition == EDITION else FRESH}
    return Response(ASSETS[name], media_type=TYPES[Path(name).suffix], headers=headers)
