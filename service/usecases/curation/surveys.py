"""A product gone through for the features of a market: what was found and what was not, at once."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from msgspec import Struct, structs

from service.formats.import_format import bodies
from service.model.errors import Code, Fault, alone, pointer_to, unprocessable
from service.model.suggestions import nearest
from service.model.surveys import NewSurvey, OnRecord
from service.query.fields import Collection
from service.query.registry import ADOPTIONS, FEATURES, MARKETS, PRODUCTS, SURVEYS
from service.query.rows import Row
from service.store.catalogue import records
from service.store.catalogue.records import Record
from service.store.curation import retired_ids, surveys
from service.store.imports import checks, run
from service.texts.sentences import sentence
from service.usecases.catalogue.editing import existing
from service.usecases.transactions import Writing

Body = dict[str, Any]
UNSOURCED = "unsourced"


class Found(Struct, frozen=True, kw_only=True):
    """A feature that the product has: by an adoption made now, or on record before."""

    feature_id: str
    adoption_id: str
    is_new: bool


class Surveyed(Struct, frozen=True, kw_only=True):
    """What a survey has left in the base."""

    survey_id: str
    market_id: str
    product_id: str
    date: datetime.date
    present: list[Found]
    absent: list[str]


async def survey(
    writing: Writing, market_id: str, given: NewSurvey, today: datetime.date
) -> Surveyed:
    """Keep the survey with the absent features, and make adoptions of the present ones that are
    not on record; merged ids are followed.

    Raises ServiceError `not_found`, `gone`, `validation_failed` with every fault,
    `conflict_natural_key` where the product was surveyed on that day already.
    """
    await existing(writing, MARKETS, market_id)
    look = await _look(writing, market_id, given, today)
    faults = [*_form_faults(look), *await _unknown_ids(writing, look)]
    faults += await _out_of_scope(writing, look)
    known = {fault.pointer for fault in faults}
    faults += [f for f in await _contradictions(writing, look, today) if f.pointer not in known]
    if faults:
        raise unprocessable(faults)
    return await _written(writing, look)


@dataclass(frozen=True)
class _Look:
    """A survey with every id where merges lead; the ids as sent stand beside."""

    market: str
    given: NewSurvey
    day: datetime.date
    product: str
    present: list[str]
    absent: list[str]
    on_record: dict[str, list[OnRecord]]

    @property
    def proof(self) -> Body:
        """What every fact of the survey stands on."""
        asked = structs.asdict(self.given)
        named = ("sources", "source_ids", "status")
        return {name: asked[name] for name in named if asked[name] is not None}

    def body(self, features: list[str]) -> Body:
        """Of the survey record."""
        note = {} if self.given.note is None else {"note": self.given.note}
        return {
            "product_id": self.product,
            "market_id": self.market,
            "feature_ids": features,
            "date": self.day.isoformat(),
            **self.proof,
            **note,
        }

    @property
    def new(self) -> list[str]:
        """Present features that nothing on record says the product may have on the day."""
        return [
            feature
            for feature in dict.fromkeys(self.present)
            if not any(one.may_hold(self.day) for one in self.on_record.get(feature, ()))
        ]

    def adoption(self, feature: str) -> Body:
        """Proven by the day, begun whenever."""
        return {
            "product_id": self.product,
            "feature_id": feature,
            "stage": self.given.stage,
            "date": f"[..{self.day.isoformat()}]",
            **self.proof,
        }


async def _look(writing: Writing, market_id: str, given: NewSurvey, today: datetime.date) -> _Look:
    connection = writing.connection
    features = [*given.present, *given.absent]
    led = await retired_ids.survivors(connection, FEATURES, features)
    moved = await retired_ids.survivors(connection, PRODUCTS, [given.product_id])
    product = moved.get(given.product_id, given.product_id)
    present, absent = ([led.get(f, f) for f in side] for side in (given.present, given.absent))
    return _Look(
        market=market_id,
        given=given,
        day=given.date or today,
        product=product,
        present=present,
        absent=absent,
        on_record=await surveys.on_record(
            connection, product, [*present, *absent], unsourced=given.status == UNSOURCED
        ),
    )


def _form_faults(look: _Look) -> Iterator[Fault]:
    """What is wrong with the values by themselves."""
    if not look.given.present and not look.given.absent:
        yield Fault(Code.VALIDATION_FAILED, sentence("surveys.empty"), pointer="/present")
    told = set[str | None]()
    for side in ("absent", "present"):
        body = look.body(getattr(look.given, side))
        read = bodies.row(SURVEYS, body, None)
        for fault in () if isinstance(read, Row) else read:
            placed = _at(side, fault)
            if placed.pointer not in told:
                told.add(placed.pointer)
                yield placed


def _at(side: str, fault: Fault) -> Fault:
    """A fault of the survey's list of features at the list that the body has."""
    pointer = (fault.pointer or "").replace("/feature_ids", f"/{side}", 1)
    return structs.replace(fault, line=0, pointer=pointer)


async def _unknown_ids(writing: Writing, look: _Look) -> list[Fault]:
    """With the nearest ids that there are."""
    told: list[Fault] = []
    for side in ("present", "absent"):
        body = look.body(getattr(look.given, side))
        pointed = bodies.pointed(SURVEYS, body)
        if side == "absent":
            pointed = [one for one in pointed if one.field.to == FEATURES.name]
        lost = await checks.pointing_nowhere(writing.connection, pointed)
        told += [_at(side, bodies.placed(SURVEYS, body, fault)) for fault in lost]
    return told


async def _out_of_scope(writing: Writing, look: _Look) -> list[Fault]:
    """Features that do not count in the market, with the nearest that do."""
    elsewhere = await surveys.scoped_elsewhere(writing.connection, look.market)
    lost = [
        (side, place, feature)
        for side in ("present", "absent")
        for place, feature in enumerate(getattr(look, side))
        if feature in elsewhere
    ]
    if not lost:
        return []
    counting = set(await records.all_ids(writing.connection, FEATURES)) - elsewhere
    return [
        structs.replace(
            _fault(pointer_to(side, place), "scope", id=feature, market=look.market),
            did_you_mean=tuple(nearest(feature, counting)),
        )
        for side, place, feature in lost
    ]


async def _contradictions(writing: Writing, look: _Look, today: datetime.date) -> list[Fault]:
    """What cannot be, by the calendar, by the product and by what is on record."""
    told = []
    if look.day > today:
        told.append(_fault("/date", "future"))
    product = await records.current(writing.connection, PRODUCTS, look.product)
    if product is not None:
        told += _product_faults(product, look)
    both = set(look.present) & set(look.absent)
    for place, feature in enumerate(look.absent):
        held = [one for one in look.on_record.get(feature, ()) if one.holds(look.day)]
        if feature in both:
            told.append(_fault(pointer_to("absent", place), "both", id=feature))
        elif held:
            told.append(_told("absent", place, "held", held[0]))
    for place, feature in enumerate(look.present):
        ended = [one for one in look.on_record.get(feature, ()) if one.has_ended(look.day)]
        if feature in look.new and ended:
            told.append(_told("present", place, "ended", ended[-1]))
    return told


def _product_faults(product: Record, look: _Look) -> Iterator[Fault]:
    if look.market not in product["market_ids"]:
        markets = tuple(product["market_ids"])
        yield structs.replace(
            _fault("/product_id", "no_member", product=look.product, market=look.market),
            allowed=markets,
        )
    launched, gone = product["launched_min"], product["discontinued_max"]
    if launched is not None and launched > look.day:
        yield _fault("/date", "before_launch", date=product["launched"])
    if gone is not None and gone <= look.day:
        yield _fault("/date", "after_end", date=product["discontinued"])


def _told(side: str, place: int, what: str, one: OnRecord) -> Fault:
    since = (one.until if what == "ended" else one.date) or ""
    return _fault(pointer_to(side, place), what, id=one.feature_id, adoption=one.id, date=since)


def _fault(pointer: str, what: str, **values: str) -> Fault:
    return Fault(Code.INVALID_VALUE, sentence(f"surveys.{what}", **values), pointer=pointer)


async def _written(writing: Writing, look: _Look) -> Surveyed:
    new = look.new
    absent = sorted(set(look.absent))
    rows = [_row(1, SURVEYS, look.body(absent))]
    rows += [_row(n, ADOPTIONS, look.adoption(f)) for n, f in enumerate(new, 2)]
    applied = await run.edit(writing.connection, rows, is_create=True)
    told = [_placed(look, new, fault) for fault in applied.faults]
    for fault in told:
        if fault.code is Code.CONFLICT_NATURAL_KEY:
            raise alone(fault)
    if told:
        raise unprocessable(told)
    made = {one.line: one.id for one in await run.outcomes(writing.connection, applied)}
    ids = {feature: made[n] for n, feature in enumerate(new, 2)}
    return Surveyed(
        survey_id=made[1],
        market_id=look.market,
        product_id=look.product,
        date=look.day,
        present=[_found(look, feature, ids) for feature in sorted(set(look.present))],
        absent=absent,
    )


def _row(line: int, collection: Collection, body: Body) -> Row:
    read = bodies.row(collection, body, None)
    assert isinstance(read, Row), "its form was checked"
    return replace(read, line=line)


def _placed(look: _Look, new: Sequence[str], fault: Fault) -> Fault:
    """A fault of a row at the part of the body that it was made of."""
    if fault.line == 1:
        return _at("absent", bodies.placed(SURVEYS, look.body(look.absent), fault))
    place = look.present.index(new[fault.line - 2])
    return structs.replace(fault, line=0, pointer=pointer_to("present", place))


def _found(look: _Look, feature: str, ids: dict[str, str]) -> Found:
    if feature in ids:
        return Found(feature_id=feature, adoption_id=ids[feature], is_new=True)
    held = next(one for one in look.on_record[feature] if one.may_hold(look.day))
    return Found(feature_id=feature, adoption_id=held.id, is_new=False)
