"""Ids that others give to what is recorded here: sorted `scheme:value`, of entities."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = ("market", "vendor", "product", "feature", "business_model")


TYPE = 'text[] COLLATE "C"'
EMPTY = "NOT NULL DEFAULT '{}'"


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ADD COLUMN external_ids {TYPE} {EMPTY}")
        history, constraint = f"{table}_history", f"{table}_external_ids_not_null"
        op.execute(
            f"ALTER TABLE {history} ADD COLUMN external_ids {TYPE} CONSTRAINT {constraint} {EMPTY}"
        )
        op.execute(f"ALTER TABLE {history} ALTER COLUMN external_ids DROP DEFAULT")
        op.execute(f"SELECT make_revisioned('{table}')")
        op.execute(f"CREATE INDEX {table}_external_ids ON {table} USING gin (external_ids)")


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP FUNCTION {table}_at(bigint)")
        op.execute(f"ALTER TABLE {table} DROP COLUMN external_ids")
        op.execute(f"SELECT make_revisioned('{table}')")
