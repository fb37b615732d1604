"""Every collection and field, declared once."""

from service.query.fields import Collection, Field
from service.query.lives import LAUNCH_EVIDENCE, STATUSES, status, statuses
from service.query.shared_fields import (
    DEFINITION,
    DISPUTE,
    FACT_PROVENANCE,
    NAMES,
    NOTE,
    PRODUCT,
    PROVENANCE,
    PROVENANCE_BESIDE_STATUS,
    RATES,
    dated,
    reference,
)
from service.query.types import (
    Amount,
    Count,
    Country,
    Currency,
    Date,
    Enum,
    Money,
    References,
    Text,
    Url,
    Word,
)

LAYERS = ("application", "device", "model")

MARKETS = Collection(
    name="markets",
    kind="market",
    doc="A segment in which products compete.",
    fields=(
        *NAMES,
        Field(name="layer", type=Enum(*LAYERS), doc="Where in the stack it lies."),
        DEFINITION,
        dated("tracked_since", "Since when new features of this market are recorded."),
        *PROVENANCE,
    ),
)
VENDORS = Collection(
    name="vendors",
    kind="vendor",
    doc="A company that sells AI products.",
    fields=(
        *NAMES,
        Field(name="country", type=Country(), doc="Seat, ISO 3166-1 alpha-2.", example="CN"),
        Field(
            name="type",
            type=Enum("big_tech", "startup", "device_maker", "lab"),
            doc="What sort of company.",
        ),
        dated("founded", "When it was founded."),
        Field(name="homepage", type=Url(), doc="Its own site."),
        *PROVENANCE,
    ),
)
PRODUCTS: Collection = Collection(
    name="products",
    kind="product",
    doc="What a vendor sells in one or more markets.",
    starts="launched",
    ends="discontinued",
    stand_ins=LAUNCH_EVIDENCE,
    fields=(
        reference("vendors", "vendor", "Who sells it."),
        *NAMES,
        Field(
            name="market_ids",
            type=References("markets"),
            key="markets",
            doc="The markets it competes in.",
            required=True,
        ),
        dated("launched", "First day on which customers could use it.", always=True),
        dated("discontinued", "Day from which it was gone.", "not_applicable", always=True),
        Field(
            name="status",
            type=Enum(*STATUSES),
            derived=lambda row, moment: status(PRODUCTS, row, moment),
            on_any_day=lambda values: statuses(PRODUCTS, values),
            doc="On the day asked (`on`); of no day: whether a discontinuation is recorded.",
            null_reason="unknown",
        ),
        *PROVENANCE,
    ),
)
FEATURES = Collection(
    name="features",
    kind="feature",
    doc="Something a product can do.",
    fields=(
        *NAMES,
        Field(name="category", type=Word(), doc="The family it belongs to."),
        DEFINITION,
        *PROVENANCE,
    ),
)
BUSINESS_MODELS = Collection(
    name="business-models",
    kind="business_model",
    doc="A way to earn.",
    fields=(*NAMES, DEFINITION, *PROVENANCE),
)
ADOPTIONS = Collection(
    name="adoptions",
    kind="adoption",
    prefix="adp",
    doc="A product has a feature from a day on.",
    natural_key=("product_id", "feature_id", "stage", "date"),
    subject=("product_id", "feature_id", "stage"),
    starts="date",
    ends="until",
    within=PRODUCTS,
    default_sort=("product_id", "feature_id", "date"),
    needs_source=True,
    fields=(
        PRODUCT,
        reference("features", "feature", "The feature."),
        Field(
            name="stage",
            type=Enum("announced", "preview", "ga"),
            required=True,
            doc="announced, preview (limited), or ga (generally available).",
        ),
        dated("date", "Since when.", always=True),
        dated("until", "Day from which the product no longer had it.", "not_applicable"),
        *FACT_PROVENANCE,
        DISPUTE,
    ),
)
SURVEYS = Collection(
    name="surveys",
    kind="survey",
    prefix="srv",
    doc="On that day somebody went through what the product publicly offers: of the named "
    "features, those without an adoption by then were absent.",
    natural_key=("product_id", "market_id", "date"),
    subject=("product_id", "market_id"),
    starts="date",
    default_sort=("product_id", "date"),
    needs_source=True,
    fields=(
        PRODUCT,
        reference("markets", "market", "The market whose features were looked for."),
        Field(
            name="feature_ids",
            type=References("features", is_all_if_null=True),
            key="features",
            always=True,
            null_reason="not_applicable",
            doc="The features looked for; null: all.",
        ),
        Field(name="date", type=Date(), doc="The day of the look.", required=True),
        *FACT_PROVENANCE,
        DISPUTE,
    ),
)
MONETIZATIONS = Collection(
    name="monetizations",
    kind="monetization",
    prefix="mon",
    doc="A product earns by a business model from a day on.",
    natural_key=("product_id", "business_model_id", "since"),
    subject=("product_id", "business_model_id"),
    starts="since",
    ends="until",
    within=PRODUCTS,
    default_sort=("product_id", "business_model_id", "since"),
    needs_source=True,
    fields=(
        PRODUCT,
        reference("business-models", "business_model", "How it earns."),
        dated("since", "Since when.", always=True),
        dated("until", "Day from which it no longer did.", "not_applicable", always=True),
        Field(name="price", type=Money(), doc="The headline price.", null_reason="unknown"),
        RATES,
        *FACT_PROVENANCE,
        DISPUTE,
    ),
)
INVESTMENTS = Collection(
    name="investments",
    kind="investment",
    prefix="inv",
    doc="Money that went, or is to go, into a vendor or its machines.",
    natural_key=("vendor_id", "type", "date", "amount", "currency"),
    subject=("vendor_id", "type"),
    starts="date",
    default_sort=("vendor_id", "date"),
    needs_source=True,
    fields=(
        reference("vendors", "vendor", "Whose."),
        Field(
            name="type",
            type=Word(),
            doc="funding_round, capex, compute_purchase, ...",
            required=True,
        ),
        Field(
            name="amount",
            type=Amount(),
            doc="How much.",
            always=True,
            null_reason="not_public",
            unit_fields=("currency", "status"),
        ),
        Field(name="currency", type=Currency(), doc="ISO 4217.", always=True, example="USD"),
        dated("date", "When.", always=True),
        Field(
            name="status",
            type=Enum("planned", "reported", "actual"),
            doc="planned, reported by others, or actual.",
            required=True,
        ),
        *PROVENANCE_BESIDE_STATUS,
        DISPUTE,
    ),
)
USAGE = Collection(
    name="usage",
    kind="usage",
    prefix="use",
    doc="How much a product was used in a period.",
    natural_key=("product_id", "metric", "period", "value"),
    subject=("product_id", "metric", "period"),
    starts="period",
    default_sort=("product_id", "metric", "period"),
    needs_source=True,
    fields=(
        PRODUCT,
        Field(name="metric", type=Word(), doc="The measure.", required=True, example="downloads"),
        Field(name="value", type=Count(), doc="How much.", required=True, unit_fields=("metric",)),
        dated("period", "The period it speaks of.", always=True),
        *FACT_PROVENANCE,
        DISPUTE,
    ),
)
OFFERINGS = Collection(
    name="offerings",
    kind="offering",
    prefix="off",
    doc="A reseller offers somebody else's product.",
    natural_key=("product_id", "reseller", "model"),
    starts="date",
    default_sort=("product_id", "reseller", "model"),
    needs_source=True,
    fields=(
        PRODUCT,
        Field(name="reseller", type=Word(), doc="Who offers it.", required=True),
        Field(name="reseller_name", type=Text(), doc="The reseller's name."),
        Field(name="model", type=Text(), doc="The reseller's own id of it.", required=True),
        dated("date", "Since when.", always=True),
        RATES,
        *FACT_PROVENANCE,
    ),
)
SOURCE = Collection(
    name="sources",
    kind="source",
    prefix="src",
    doc="A page or document that facts stand on.",
    natural_key=("url",),
    starts="published",
    default_sort=("url",),
    fields=(
        Field(name="url", type=Url(), doc="Where it is, or a URN.", required=True),
        Field(name="title", type=Text(), doc="Its title."),
        Field(name="publisher", type=Text(), doc="Who published it."),
        dated("published", "When it was published."),
        Field(name="archive_url", type=Url(), doc="An archived copy."),
        dated("last_checked", "When somebody last saw that it says what it is cited for."),
        NOTE,
    ),
)

# In the order in which an import writes them: what is pointed at stands before what points.
COLLECTIONS: tuple[Collection, ...] = (
    SOURCE,
    MARKETS,
    VENDORS,
    PRODUCTS,
    FEATURES,
    BUSINESS_MODELS,
    ADOPTIONS,
    SURVEYS,
    MONETIZATIONS,
    INVESTMENTS,
    USAGE,
    OFFERINGS,
)
BY_NAME = {c.name: c for c in COLLECTIONS}
BY_KIND = {c.kind: c for c in COLLECTIONS}
