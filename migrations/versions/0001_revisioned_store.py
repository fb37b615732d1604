"""The revisioned store: one number for every write, current tables, and their history."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = 'text COLLATE "C"'
TEXTS = 'text[] COLLATE "C"'
SLUG = "CHECK (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(id) <= 64)"
EDTF = r"""'^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'"""


def _date(name: str) -> list[str]:
    return [
        f"{name} {TEXT} CONSTRAINT {{table}}_{name}_check CHECK ({name} ~ {EDTF})",
        f"{name}_min date GENERATED ALWAYS AS (edtf_min({name})) STORED"
        f" CONSTRAINT {{table}}_{name}_min_check CHECK ({name}_min >= '1000-01-01')",
        f"{name}_max date GENERATED ALWAYS AS (edtf_max({name})) STORED"
        f" CONSTRAINT {{table}}_{name}_max_check"
        f" CHECK ({name}_max <= '9998-12-31' AND {name}_min <= {name}_max)",
    ]


def _ref(name: str, table: str) -> str:
    return f"{name} {TEXT} NOT NULL REFERENCES {table} (id)"


def _enum(name: str, *values: str, null: bool = False) -> str:
    listed = ", ".join(f"'{v}'" for v in values)
    return f"{name} {TEXT} {'' if null else 'NOT NULL '}CHECK ({name} IN ({listed}))"


NAMES = ["names jsonb NOT NULL DEFAULT '{}'", f"aliases {TEXTS} NOT NULL DEFAULT '{{}}'"]
SOURCES = [f"source_ids {TEXTS} NOT NULL DEFAULT '{{}}'", f"note {TEXT}"]
EVIDENCE = [_enum("evidence", "sourced", "unsourced", "unstated")]
FACT = [
    *SOURCES,
    *EVIDENCE,
    "CONSTRAINT {table}_source_check"
    " CHECK (evidence = 'unsourced' OR evidence = 'sourced' AND source_ids <> '{}')",
]
BOOKKEEPING = [
    "revision bigint NOT NULL DEFAULT current_revision() REFERENCES revision (id)",
    "recorded_at timestamptz NOT NULL DEFAULT revision_instant()",
    "updated_at timestamptz NOT NULL DEFAULT revision_instant()",
]

TABLES: dict[str, list[str]] = {
    "source": [
        f"id {TEXT} PRIMARY KEY",
        f"url {TEXT} NOT NULL CHECK (length(url) <= 2000)",
        f"title {TEXT}",
        f"publisher {TEXT}",
        *_date("published"),
        f"archive_url {TEXT}",
        f"note {TEXT}",
        "CONSTRAINT source_natural_key UNIQUE (url)",
    ],
    "market": [
        f"id {TEXT} PRIMARY KEY {SLUG}",
        *NAMES,
        _enum("layer", "application", "device", "model", null=True),
        f"definition {TEXT}",
        *_date("tracked_since"),
        *SOURCES,
        *EVIDENCE,
    ],
    "vendor": [
        f"id {TEXT} PRIMARY KEY {SLUG}",
        *NAMES,
        f"country {TEXT} CHECK (country ~ '^[A-Z]{{2}}$')",
        _enum("type", "big_tech", "startup", "device_maker", "lab", null=True),
        *_date("founded"),
        f"homepage {TEXT}",
        *SOURCES,
        *EVIDENCE,
    ],
    "product": [
        f"id {TEXT} PRIMARY KEY {SLUG}",
        _ref("vendor_id", "vendor"),
        *NAMES,
        f"market_ids {TEXTS} NOT NULL",
        *_date("launched"),
        *_date("discontinued"),
        *SOURCES,
        *EVIDENCE,
    ],
    "feature": [
        f"id {TEXT} PRIMARY KEY {SLUG}",
        *NAMES,
        f"category {TEXT}",
        f"definition {TEXT}",
        *SOURCES,
        *EVIDENCE,
    ],
    "business_model": [
        f"id {TEXT} PRIMARY KEY {SLUG}",
        *NAMES,
        f"definition {TEXT}",
        *SOURCES,
        *EVIDENCE,
    ],
    "adoption": [
        f"id {TEXT} PRIMARY KEY",
        _ref("product_id", "product"),
        _ref("feature_id", "feature"),
        _enum("stage", "announced", "preview", "ga"),
        *_date("date"),
        *_date("until"),
        *FACT,
        "CONSTRAINT adoption_natural_key"
        " UNIQUE NULLS NOT DISTINCT (product_id, feature_id, stage, date)",
    ],
    "survey": [
        f"id {TEXT} PRIMARY KEY",
        _ref("product_id", "product"),
        _ref("market_id", "market"),
        f"feature_ids {TEXTS}",
        *_date("date"),
        *FACT,
        "CONSTRAINT survey_natural_key UNIQUE NULLS NOT DISTINCT (product_id, market_id, date)",
    ],
    "monetization": [
        f"id {TEXT} PRIMARY KEY",
        _ref("product_id", "product"),
        _ref("business_model_id", "business_model"),
        *_date("since"),
        *_date("until"),
        "price_amount numeric CHECK (price_amount >= 0)",
        f"price_currency {TEXT} CHECK (price_currency ~ '^[A-Z]{{3}}$')",
        f"price_per {TEXT}",
        "rates jsonb",
        *FACT,
        "CONSTRAINT monetization_price_check CHECK (num_nulls(price_amount, price_currency) <> 1)",
        "CONSTRAINT monetization_natural_key"
        " UNIQUE NULLS NOT DISTINCT (product_id, business_model_id, since)",
    ],
    "investment": [
        f"id {TEXT} PRIMARY KEY",
        _ref("vendor_id", "vendor"),
        f"type {TEXT} NOT NULL",
        "amount numeric CHECK (amount >= 0)",
        f"currency {TEXT} CHECK (currency ~ '^[A-Z]{{3}}$')",
        *_date("date"),
        _enum("status", "planned", "reported", "actual"),
        *FACT,
        "CONSTRAINT investment_natural_key"
        " UNIQUE NULLS NOT DISTINCT (vendor_id, type, date, amount, currency)",
    ],
    "usage": [
        f"id {TEXT} PRIMARY KEY",
        _ref("product_id", "product"),
        f"metric {TEXT} NOT NULL",
        "value bigint NOT NULL CHECK (value >= 0)",
        *_date("period"),
        *FACT,
        "CONSTRAINT usage_natural_key"
        " UNIQUE NULLS NOT DISTINCT (product_id, metric, period, value)",
    ],
    "offering": [
        f"id {TEXT} PRIMARY KEY",
        _ref("product_id", "product"),
        f"reseller {TEXT} NOT NULL",
        f"reseller_name {TEXT}",
        f"model {TEXT} NOT NULL",
        *_date("date"),
        "rates jsonb",
        *FACT,
        "CONSTRAINT offering_natural_key UNIQUE (product_id, reseller, model)",
    ],
}

INDEXES = [
    "CREATE INDEX product_vendor_id ON product (vendor_id)",
    "CREATE INDEX adoption_feature_id ON adoption (feature_id)",
    "CREATE INDEX survey_market_id ON survey (market_id)",
    "CREATE INDEX monetization_business_model_id ON monetization (business_model_id)",
]

# Arrays of references are the record's value; these tables give them their foreign keys.
LINKS = [
    ("product_market", "product", "market", "market_ids"),
    ("survey_feature", "survey", "feature", "feature_ids"),
    *((f"{t}_source", t, "source", "source_ids") for t in TABLES if t != "source"),
]

FUNCTIONS = [
    r"""
CREATE FUNCTION edtf_min(value text) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
-- First day of EDTF text; null where the start is open.
DECLARE part text := CASE WHEN value LIKE '[%' THEN split_part(substr(value, 2), '..', 1)
                          ELSE value END;
BEGIN
  IF part = '' THEN RETURN NULL; END IF;
  RETURN make_date(substr(part, 1, 4)::int,
                   coalesce(nullif(substr(part, 6, 2), ''), '1')::int,
                   coalesce(nullif(substr(part, 9, 2), ''), '1')::int);
END $$""",
    r"""
CREATE FUNCTION edtf_max(value text) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
-- Last day of EDTF text.
DECLARE part text := CASE WHEN value LIKE '[%' THEN rtrim(split_part(value, '..', 2), ']')
                          ELSE value END;
BEGIN
  RETURN CASE length(part)
    WHEN 4 THEN make_date(part::int, 12, 31)
    WHEN 7 THEN (make_date(substr(part, 1, 4)::int, substr(part, 6, 2)::int, 1)
                 + interval '1 month' - interval '1 day')::date
    ELSE make_date(substr(part, 1, 4)::int, substr(part, 6, 2)::int, substr(part, 9, 2)::int)
  END;
END $$""",
    """
CREATE FUNCTION current_revision() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  -- Fails outside a write transaction: nothing is written without a revision.
  SELECT current_setting('parity.revision')::bigint
$$""",
    """
CREATE FUNCTION revision_instant() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT current_setting('parity.instant')::timestamptz
$$""",
    """
CREATE FUNCTION begin_revision(actor text, comment text) RETURNS bigint
LANGUAGE plpgsql AS $$
-- Takes the next number; the locked row makes writers queue, so revision order is commit order.
DECLARE taken bigint; instant timestamptz;
BEGIN
  UPDATE dataset
     SET revision = dataset.revision + 1,
         instant = greatest(dataset.instant, date_trunc('milliseconds', clock_timestamp()))
  RETURNING dataset.revision, dataset.instant INTO taken, instant;
  INSERT INTO revision (id, recorded_at, actor, comment)
  VALUES (taken, instant, begin_revision.actor, begin_revision.comment);
  PERFORM set_config('parity.revision', taken::text, true),
          set_config('parity.instant', instant::text, true);
  RETURN taken;
END $$""",
    """
CREATE FUNCTION keep_history() RETURNS trigger
LANGUAGE plpgsql AS $$
-- Moves the replaced row into its history table with the revision that replaced it.
BEGIN
  IF OLD.revision < current_revision() THEN
    EXECUTE format('INSERT INTO %I SELECT $1, ($2).*', TG_TABLE_NAME || '_history')
      USING current_revision(), OLD;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  NEW.revision := current_revision();
  NEW.updated_at := revision_instant();
  NEW.recorded_at := OLD.recorded_at;
  RETURN NEW;
END $$""",
    """
CREATE FUNCTION keep_links() RETURNS trigger
LANGUAGE plpgsql AS $$
-- Arguments: link table, owner column, target column, array column.
BEGIN
  IF TG_OP <> 'INSERT' THEN
    EXECUTE format('DELETE FROM %I WHERE %I IN (SELECT id FROM old_rows)', TG_ARGV[0], TG_ARGV[1]);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    EXECUTE format('INSERT INTO %I (%I, %I) SELECT id, unnest(%I) FROM new_rows',
                   TG_ARGV[0], TG_ARGV[1], TG_ARGV[2], TG_ARGV[3]);
  END IF;
  RETURN NULL;
END $$""",
]


def upgrade() -> None:
    op.execute(
        f"CREATE TABLE revision (id bigint PRIMARY KEY, recorded_at timestamptz NOT NULL,"
        f" actor {TEXT}, comment {TEXT})"
    )
    op.execute("CREATE INDEX revision_recorded_at ON revision (recorded_at)")
    op.execute(
        "CREATE TABLE dataset (singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),"
        " revision bigint NOT NULL, instant timestamptz NOT NULL)"
    )
    op.execute("INSERT INTO dataset (revision, instant) VALUES (0, 'epoch')")
    op.execute("INSERT INTO revision (id, recorded_at) VALUES (0, 'epoch')")
    for function in FUNCTIONS:
        op.execute(function)
    for table, columns in TABLES.items():
        _create(table, columns)
    for statement in INDEXES:
        op.execute(statement)
    for link in LINKS:
        _link(*link)


def _create(table: str, columns: list[str]) -> None:
    body = ", ".join([*columns, *BOOKKEEPING]).replace("{table}", table)
    op.execute(f"CREATE TABLE {table} ({body})")
    op.execute(
        f"CREATE TABLE {table}_history"
        f" (replaced_in bigint NOT NULL REFERENCES revision (id), LIKE {table})"
    )
    op.execute(f"CREATE INDEX {table}_history_id ON {table}_history (id, revision)")
    op.execute(f"CREATE INDEX {table}_history_span ON {table}_history (replaced_in, revision)")
    op.execute(
        f"CREATE TRIGGER {table}_keep_history BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION keep_history()"
    )
    names = ", ".join(_column_names(columns))
    op.execute(
        f"CREATE FUNCTION {table}_at(asked bigint) RETURNS SETOF {table}"
        " LANGUAGE sql STABLE PARALLEL SAFE AS $$"
        f" SELECT {names} FROM {table} WHERE revision <= asked"
        f" UNION ALL SELECT {names} FROM {table}_history"
        " WHERE revision <= asked AND asked < replaced_in $$"
    )


def _column_names(columns: list[str]) -> list[str]:
    named = [c.split(" ", 1)[0] for c in [*columns, *BOOKKEEPING]]
    return [name for name in named if name != "CONSTRAINT"]


def _link(link: str, owner: str, target: str, array: str) -> None:
    op.execute(
        f"CREATE TABLE {link} ({owner}_id {TEXT} NOT NULL REFERENCES {owner} (id)"
        f" ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,"
        f" {target}_id {TEXT} NOT NULL REFERENCES {target} (id),"
        f" PRIMARY KEY ({target}_id, {owner}_id))"
    )
    op.execute(f"CREATE INDEX {link}_owner ON {link} ({owner}_id)")
    for event, rows in (
        ("INSERT", "NEW TABLE AS new_rows"),
        ("UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
        ("DELETE", "OLD TABLE AS old_rows"),
    ):
        op.execute(
            f"CREATE TRIGGER {link}_{event.lower()} AFTER {event} ON {owner}"
            f" REFERENCING {rows} FOR EACH STATEMENT"
            f" EXECUTE FUNCTION keep_links('{link}', '{owner}_id', '{target}_id', '{array}')"
        )


def downgrade() -> None:
    for link, *_ in reversed(LINKS):
        op.execute(f"DROP TABLE {link} CASCADE")
    for table in reversed(TABLES):
        op.execute(f"DROP FUNCTION {table}_at(bigint)")
        op.execute(f"DROP TABLE {table}_history")
        op.execute(f"DROP TABLE {table}")
    for name in (
        "keep_links()",
        "keep_history()",
        "begin_revision(text, text)",
        "revision_instant()",
        "current_revision()",
        "edtf_max(text)",
        "edtf_min(text)",
    ):
        op.execute(f"DROP FUNCTION {name}")
    op.execute("DROP TABLE dataset")
    op.execute("DROP TABLE revision")
