"""Collections of entities, whose ids curators choose."""

from service.query.fields import Collection, Field
from service.query.lives import LAUNCH_EVIDENCE, STATUSES, status, statuses
from service.query.shared_fields import (
    DEFINITION,
    NAMES,
    PROVENANCE,
    dated,
    reference,
    stating,
)
from service.query.types import (
    Country,
    Enum,
    References,
    Url,
    Word,
)

LAYERS = ("application", "device", "model")
MARKETS = Collection(
    name="markets",
    kind="market",
    doc="A segment in which products compete.",
    fields=stating(
        *NAMES,
        Field(name="layer", type=Enum(*LAYERS), doc="Where in the stack it lies."),
        *DEFINITION,
        dated("tracked_since", "Since when new features of this market are recorded."),
        *PROVENANCE,
    ),
)
VENDORS = Collection(
    name="vendors",
    kind="vendor",
    doc="A company that sells AI products.",
    fields=stating(
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
GROUPS = Collection(
    name="groups",
    kind="group",
    table_name="vendor_group",
    doc="Vendors that people speak of as one, such as the six little tigers.",
    fields=stating(
        *NAMES,
        Field(
            name="vendor_ids",
            type=References("vendors", needs_one=True),
            key="vendors",
            doc="The vendors in it.",
            required=True,
        ),
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
    fields=stating(
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
    fields=stating(
        *NAMES,
        Field(name="category", type=Word(), doc="The family it belongs to."),
        Field(
            name="market_ids",
            type=References("markets", is_all_if_null=True, needs_one=True),
            key="markets",
            null_reason="not_applicable",
            doc="The markets in which it counts; null: all.",
        ),
        *DEFINITION,
        *PROVENANCE,
    ),
)
BUSINESS_MODELS = Collection(
    name="business-models",
    kind="business_model",
    doc="A way to earn.",
    fields=stating(*NAMES, *DEFINITION, *PROVENANCE),
)
