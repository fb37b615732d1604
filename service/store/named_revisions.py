"""The revision that a reader names: by number, by release, by a day or an instant."""

import re
from datetime import UTC, date, datetime, time

from service.model.errors import Code, Fault, ServiceError
from service.model.releases import is_release_name
from service.model.suggestions import nearest
from service.store.statements import Connection, load
from service.texts.sentences import Sentence, sentence

REVISIONS = load("revisions")
RELEASES = load("releases")
_NUMBERED = re.compile(r"rev:(\d{1,18})\Z", re.ASCII)


async def recorded_at(connection: Connection, revision: int) -> datetime | None:
    """When the revision was recorded; None where there is none of the number."""
    found: datetime | None = await REVISIONS["recorded_at"].value(connection, revision=revision)
    return found


async def newest(connection: Connection) -> int:
    """The number of the newest revision, the caller's own included."""
    return int(await REVISIONS["newest"].value(connection))


async def revision_named(connection: Connection, text: str, name: str = "as_of") -> int:
    """The revision that `rev:N`, a release, a day (its end) or an instant names; `name` is the
    parameter.

    Raises ServiceError `revision_unknown`, `invalid_value`.
    """
    return await _named(connection, text, await newest(connection), name)


async def revision_shown(connection: Connection, text: str, newest: int, name: str) -> int:
    """The same of a base at which there is something to show."""
    asked = await _named(connection, text, newest, name)
    if asked == 0 and not _NUMBERED.match(text):
        raise await _before_all(connection, text, name)
    return asked


def is_lasting(text: str) -> bool:
    """Whether it names one revision for ever; a day that is not over has another tomorrow."""
    return bool(_NUMBERED.match(text)) or is_release_name(text)


async def _named(connection: Connection, as_of: str, newest: int, name: str) -> int:
    if numbered := _NUMBERED.match(as_of):
        revision = int(numbered[1])
        if revision > newest:
            detail = sentence("revisions.unknown", revision=revision, newest=newest)
            raise unknown_revision(Code.REVISION_UNKNOWN, detail, name)
        return revision
    if is_release_name(as_of):
        return await _released(connection, as_of, name)
    return await newest_by(connection, instant_of(as_of, name))


async def _before_all(connection: Connection, as_of: str, name: str) -> ServiceError:
    """Nothing was recorded by then."""
    asked, first = f"{name}={as_of[:40]}", await REVISIONS["first"].row(connection)
    detail = sentence("first_revision.none", asked=asked)
    if first is not None:
        instant = first["recorded_at"].astimezone(UTC).isoformat(timespec="milliseconds")
        begun = {"first": f"rev:{first['id']}", "instant": f"{instant[:-6]}Z"}
        detail = sentence("first_revision.before", asked=asked, **begun)
    fault = Fault(Code.REVISION_UNKNOWN, detail, parameter=name)
    return ServiceError(Code.REVISION_UNKNOWN, detail, [fault])


async def newest_by(connection: Connection, instant: datetime) -> int:
    """The newest revision recorded by an instant; 0 before the first."""
    return int(await REVISIONS["at"].value(connection, instant=instant) or 0)


async def _released(connection: Connection, name: str, parameter: str) -> int:
    rows = await RELEASES["numbers"].rows(connection)
    revisions = {row["name"]: int(row["revision"]) for row in rows}
    if name not in revisions:
        near = tuple(nearest(name, revisions))
        detail = sentence("releases.unknown", name=name[:40])
        fault = Fault(Code.REVISION_UNKNOWN, detail, parameter=parameter, did_you_mean=near)
        raise ServiceError(Code.REVISION_UNKNOWN, detail, [fault])
    return revisions[name]


def instant_of(text: str, name: str = "as_of") -> datetime:
    """`2025-06-30` (its end, UTC) or an RFC 3339 instant with a zone; `name` is the parameter."""
    try:
        if len(text) == 10:
            day = date.fromisoformat(text)
            return datetime.combine(day, time.max, UTC)
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None or not 1000 <= instant.year <= 9998:
        detail = sentence("revisions.form", name=name, given=text[:40])
        if name == "as_of":
            detail = sentence("revisions.form_of_moment", name=name, given=text[:40])
        raise unknown_revision(Code.INVALID_VALUE, detail, name)
    return instant


def unknown_revision(code: Code, detail: Sentence, parameter: str) -> ServiceError:
    """A parameter that names no revision."""
    return ServiceError(code, detail, [Fault(code, detail, parameter=parameter)])
