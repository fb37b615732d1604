"""Corrections from anyone with their decisions, and facts that contradict each other."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TEXT = 'text COLLATE "C"'
FACTS = ("adoption", "survey", "monetization", "investment", "usage")

CORRECTION = f"""
CREATE TABLE correction (
  id {TEXT} PRIMARY KEY CHECK (id ~ '^cor_[0-9a-z]{{26}}$'),
  collection {TEXT} NOT NULL,
  record_id {TEXT} NOT NULL CHECK (length(record_id) <= 80),
  field {TEXT},
  proposed jsonb CHECK (length(proposed::text) <= 16000),
  statement {TEXT} NOT NULL CHECK (length(statement) BETWEEN 1 AND 2000),
  source_url {TEXT} CHECK (length(source_url) <= 2000),
  contact {TEXT} CHECK (length(contact) <= 200),
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  status {TEXT} NOT NULL DEFAULT 'open'
    CHECK (status IN ('open', 'accepted', 'rejected', 'duplicate')),
  reason {TEXT} CHECK (length(reason) BETWEEN 1 AND 2000),
  decided_by {TEXT},
  decided_at timestamptz,
  revision bigint REFERENCES revision (id),
  CONSTRAINT correction_field_check CHECK (proposed IS NULL OR field IS NOT NULL),
  CONSTRAINT correction_decision_check CHECK (num_nulls(reason, decided_by, decided_at)
    = CASE WHEN status = 'open' THEN 3 ELSE 0 END),
  CONSTRAINT correction_outcome_check CHECK ((revision IS NOT NULL) = (status = 'accepted'))
)"""


def upgrade() -> None:
    op.execute(CORRECTION)
    op.execute("CREATE INDEX correction_record ON correction (collection, record_id, id)")
    op.execute("CREATE INDEX correction_status ON correction (status, id)")
    for table in FACTS:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN dispute {TEXT}"
            f" CONSTRAINT {table}_dispute_check CHECK (dispute IN ('preferred', 'other'))"
        )
        op.execute(f"ALTER TABLE {table}_history ADD COLUMN dispute {TEXT}")
        op.execute(f"CREATE INDEX {table}_dispute ON {table} (id) WHERE dispute IS NOT NULL")
        op.execute(_function(table, _columns(table)))


def _columns(table: str) -> list[str]:
    """The columns as they stand, whatever migrations came between."""
    rows = op.get_bind().exec_driver_sql(
        f"SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass"
        " AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
    )
    return [row[0] for row in rows]


def _function(table: str, columns: list[str]) -> str:
    names = ", ".join(columns)
    return (
        f"CREATE OR REPLACE FUNCTION {table}_at(asked bigint) RETURNS SETOF {table}"
        " LANGUAGE sql STABLE PARALLEL SAFE AS $$"
        f" SELECT {names} FROM {table} WHERE revision <= asked"
        f" UNION ALL SELECT {names} FROM {table}_history"
        " WHERE revision <= asked AND asked < replaced_in $$"
    )


def downgrade() -> None:
    for table in FACTS:
        kept = [column for column in _columns(table) if column != "dispute"]
        op.execute(f"DROP FUNCTION {table}_at(bigint)")
        op.execute(f"ALTER TABLE {table} DROP COLUMN dispute")
        op.execute(f"ALTER TABLE {table}_history DROP COLUMN dispute")
        op.execute(_function(table, kept))
    op.execute("DROP TABLE correction")
