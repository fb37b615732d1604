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
    fields=stating(
        *NAMES,
        Field(name="layer", type=Enum(*LAYERS)),
        *DEFINITION,
        dated("tracked_since"),
        *PROVENANCE,
    ),
)
VENDORS = Collection(
    name="vendors",
    kind="vendor",
    fields=stating(
        *NAMES,
        Field(name="country", type=Country(), example="CN"),
        Field(
            name="type",
            type=Enum("big_tech", "startup", "device_maker", "lab"),
            meaning="vendors.type",
        ),
        dated("founded"),
        Field(name="homepage", type=Url()),
        *PROVENANCE,
    ),
)
GROUPS = Collection(
    name="groups",
    kind="group",
    table_name="vendor_group",
    fields=stating(
        *NAMES,
        Field(
            name="vendor_ids",
            type=References("vendors", needs_one=True),
            key="vendors",
            required=True,
        ),
        *PROVENANCE,
    ),
)
PRODUCTS: Collection = Collection(
    name="products",
    kind="product",
    starts="launched",
    ends="discontinued",
    stand_ins=LAUNCH_EVIDENCE,
    fields=stating(
        reference("vendors", "vendor", meaning="products.vendor_id"),
        *NAMES,
        Field(
            name="market_ids",
            type=References("markets"),
            key="markets",
            meaning="products.market_ids",
            required=True,
        ),
        dated("launched", always=True),
        dated("discontinued", "not_applicable", always=True),
        Field(
            name="status",
            type=Enum(*STATUSES),
            derived=lambda row, moment: status(PRODUCTS, row, moment),
            on_any_day=lambda values: statuses(PRODUCTS, values),
            meaning="products.status",
            null_reason="unknown",
        ),
        *PROVENANCE,
    ),
)
FEATURES = Collection(
    name="features",
    kind="feature",
    fields=stating(
        *NAMES,
        Field(name="category", type=Word()),
        Field(
            name="market_ids",
            type=References("markets", is_all_if_null=True, needs_one=True),
            key="markets",
            null_reason="not_applicable",
            meaning="features.market_ids",
        ),
        *DEFINITION,
        *PROVENANCE,
    ),
)
BUSINESS_MODELS = Collection(
    name="business-models",
    kind="business_model",
    fields=stating(*NAMES, *DEFINITION, *PROVENANCE),
)
