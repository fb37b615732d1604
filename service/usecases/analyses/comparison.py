"""A comparison of stored records: the maths, with names, attributes, prices and sources."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from service.maths.panel.coverage import MOSTLY
from service.maths.panel.panel import Panel
from service.maths.panel.provenance import facts_used
from service.maths.parameters import Unit
from service.maths.products.comparison import (
    ComparedPair,
    ComparisonTable,
    compared_pairs,
    comparison,
)
from service.model.errors import Code, Fault, ServiceError, refused
from service.model.methods import Method, method
from service.model.notices import Notice
from service.store.catalogue.fact_scopes import Scope
from service.store.database import Snapshot
from service.texts.sentences import sentence
from service.usecases.analyses.answer import deciding, notices, selections
from service.usecases.analyses.compared_records import SUBJECTS, Compared, ComparedRecords
from service.usecases.analyses.comparison_rows import (
    ComparedRow,
    attributes,
    differs,
    features,
    prices,
)
from service.usecases.analyses.declarations.comparison import DECLARATION, Parameters
from service.usecases.analyses.frame import Explanation
from service.usecases.analyses.links import self_link
from service.usecases.analyses.names import Naming, named_type
from service.usecases.analyses.panels import Panels
from service.usecases.analyses.question import Question, resolve
from service.usecases.catalogue.merged_ids import now

if TYPE_CHECKING:
    NamedPair = ComparedPair
else:  # the same with names beside its ids
    NamedPair = named_type(ComparedPair)


class ComparedSubject(Struct, frozen=True, kw_only=True):
    """One of the compared."""

    id: str
    name: str
    href: str


class ComparisonSummary(Struct, frozen=True, kw_only=True):
    """Over the features that at least one subject has."""

    shared_features: int
    differing: int
    mean_jaccard: float | None


class ComparisonCoverage(Struct, frozen=True, kw_only=True):
    """How many of the cells are known."""

    features: int
    cells_known_share: float | None


class ComparisonAnswer(Struct, frozen=True, kw_only=True):
    """Attributes and features against subjects; with a market each pair of products in it."""

    object: str
    market_id: str | None
    market_name: str | None
    on: date
    as_of: str | None
    subjects: list[ComparedSubject]
    rows: list[ComparedRow]
    pairs: list[NamedPair]
    summary: ComparisonSummary
    coverage: ComparisonCoverage
    reasons: dict[str, str]
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: dict[str, Any]


async def compare(snapshot: Snapshot, panels: Panels, question: Question) -> ComparisonAnswer:
    """`question` names products or vendors, two to ten, each once.

    Raises ServiceError `unknown_reference` for ids that no record has.
    """
    parameters = _parameters(question)
    unit: Unit = "vendor" if parameters.vendors else "product"
    given = list(parameters.vendors or parameters.products)
    subjects, compared = await _standing(snapshot, panels.compared, unit, given)
    question, resolution = await resolve(snapshot, question)
    markets, owners = [question.market] if question.market else [], frozenset(subjects)
    scope = Scope(frozenset(markets), vendors=owners)
    if unit == "product":
        scope = Scope(frozenset(markets), products=owners)
    selected = await selections(snapshot, panels, scope, question)
    found = await panels.compute(
        _computed, selected, unit, subjects, question.unfiltered, is_light=question.market is None
    )
    lang, naming = question.lang, Naming(await panels.names(snapshot, question.lang))
    known = [compared.shown(unit, subject, lang, question.on) for subject in subjects]
    held = selected[0]
    sources = await panels.compared.sources(snapshot, unit, subjects, held.facts, held.key.facts)
    rows = attributes(unit, known, naming, lang) + features(found.table, sources, naming)
    if unit == "product":
        rows.append(prices(compared, subjects, question.on, naming, lang))
    if parameters.only == "differences":
        rows = [row for row in rows if differs(row)]
    answer = _answer(snapshot, found, known, rows, question, naming)
    led = {old: new for old, new in zip(given, subjects, strict=True) if old != new}
    led |= resolution.resolved
    answer.meta.update({"resolved": led} if led else {})
    return answer


async def _standing(
    snapshot: Snapshot, kept: ComparedRecords, unit: Unit, given: list[str]
) -> tuple[list[str], Compared]:
    """The ids under which the subjects stand, in their order, each once; and their records."""
    compared = await kept.get(snapshot, unit, given)
    if len(compared.records) == len(given):
        return given, compared
    await snapshot.open()
    subjects = await _led(snapshot, unit, given)
    return subjects, await kept.get(snapshot, unit, subjects)


async def _led(snapshot: Snapshot, unit: Unit, subjects: list[str]) -> list[str]:
    faults: list[Fault] = []
    found: list[str] = []
    for subject in subjects:
        try:
            found.append(await now(snapshot, SUBJECTS[unit], subject, f"{unit}s"))
        except ServiceError as error:
            if error.code != Code.UNKNOWN_REFERENCE:
                raise
            faults += error.faults
    if faults:
        raise refused(faults)
    if len(set(found)) < len(found):
        detail = sentence("comparisons.merged")
        raise refused([Fault(Code.INVALID_VALUE, detail, parameter=f"{unit}s")])
    return found


def _parameters(question: Question) -> Parameters:
    parameters = question.parameters
    assert isinstance(parameters, Parameters), "a comparison is asked by its own parameters"
    return parameters


class _Computed(NamedTuple):
    table: ComparisonTable
    pairs: list[ComparedPair]
    explain: Explanation | None


def _computed(
    panel: Panel, set_aside: Panel | None, unit: Unit, subjects: list[str], question: Question
) -> _Computed:
    on, parameters = question.on.toordinal(), _parameters(question)
    valid = parameters.survey_valid_days
    table = comparison(panel, subjects, on, question.market, parameters.as_of, unit, valid)
    pairs = []
    if unit == "product" and question.market is not None:
        pairs = compared_pairs(
            panel,
            subjects,
            on,
            question.market,
            parameters.as_of,
            unknown=parameters.unknown,
            survey_valid_days=valid,
            min_joint_features=parameters.min_joint_features,
        )
    return _Computed(table, pairs, _explanation(panel, set_aside, unit, subjects, question))


def _explanation(
    panel: Panel, set_aside: Panel | None, unit: Unit, subjects: list[str], question: Question
) -> Explanation | None:
    if set_aside is None:
        return None
    ids, disputed = (_facts(known, unit, subjects, question) for known in (panel, set_aside))
    return Explanation(collection="adoptions", ids=ids, disputed_ids=disputed)


def _facts(panel: Panel, unit: Unit, subjects: list[str], question: Question) -> list[str]:
    owners = panel.product_ids if unit == "product" else panel.facts.product_vendor
    own = {p for p, owner in zip(panel.product_ids, owners, strict=True) if owner in subjects}
    return facts_used(panel, question.market, question.on.toordinal(), products=own)


def _answer(
    snapshot: Snapshot,
    computed: _Computed,
    known: list[dict[str, Any]],
    rows: list[ComparedRow],
    question: Question,
    naming: Naming,
) -> ComparisonAnswer:
    found = computed.table
    standing = question.replaced(**{f"{found.unit}s": tuple(found.subjects)})
    share = found.cells_known_share
    unknown = {"mostly_unknown"} if share is not None and share < MOSTLY else set[str]()
    chosen = {"unit": found.unit} | deciding(DECLARATION, question)
    return ComparisonAnswer(
        object="comparison",
        market_id=question.market,
        market_name=naming.of("market", question.market),
        on=question.on,
        as_of=found.as_of,
        subjects=[ComparedSubject(id=r["id"], name=r["name"], href=r["href"]) for r in known],
        rows=rows,
        pairs=naming.named(computed.pairs),
        summary=ComparisonSummary(
            shared_features=found.shared_features,
            differing=found.differing,
            mean_jaccard=found.mean_jaccard,
        ),
        coverage=ComparisonCoverage(features=len(found.features), cells_known_share=share),
        reasons=found.reasons,
        explain=computed.explain,
        method=method(DECLARATION.method, chosen),
        links={"self": self_link(DECLARATION.path, standing)},
        warnings=notices({*found.warnings, *unknown}, question.lang),
        meta={"revision": snapshot.revision, "lang": question.lang},
    )
