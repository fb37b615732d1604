"""By field the sources that carry it."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

TABLES = (
    "market",
    "vendor",
    "vendor_group",
    "product",
    "version",
    "feature",
    "business_model",
    "adoption",
    "survey",
    "monetization",
    "investment",
    "usage",
    "offering",
)
EMPTY = "NOT NULL DEFAULT '{}'"


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ADD COLUMN field_sources jsonb {EMPTY}")
        history, constraint = f"{table}_history", f"{table}_field_sources_not_null"
        op.execute(
            f"ALTER TABLE {history} ADD COLUMN field_sources jsonb CONSTRAINT {constraint} {EMPTY}"
        )
        op.execute(f"ALTER TABLE {history} ALTER COLUMN field_sources DROP DEFAULT")
        op.execute(f"SELECT make_revisioned('{table}')")


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP FUNCTION {table}_at(bigint)")
        op.execute(f"ALTER TABLE {table} DROP COLUMN field_sources")
        op.execute(f"SELECT make_revisioned('{table}')")
