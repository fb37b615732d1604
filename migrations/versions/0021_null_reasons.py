"""What a record states of its own nulls: by field the reason why it has no value."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = (
    "source",
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
        op.execute(f"ALTER TABLE {table} ADD COLUMN null_reasons jsonb {EMPTY}")
        history, constraint = f"{table}_history", f"{table}_null_reasons_not_null"
        op.execute(
            f"ALTER TABLE {history} ADD COLUMN null_reasons jsonb CONSTRAINT {constraint} {EMPTY}"
        )
        op.execute(f"ALTER TABLE {history} ALTER COLUMN null_reasons DROP DEFAULT")
        op.execute(f"SELECT make_revisioned('{table}')")


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP FUNCTION {table}_at(bigint)")
        op.execute(f"ALTER TABLE {table} DROP COLUMN null_reasons")
        op.execute(f"SELECT make_revisioned('{table}')")
