"""Indexes of the timeline: by the days when something ended, or a vendor was founded."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ENDS = [("product", "discontinued"), ("adoption", "until"), ("monetization", "until"),
        ("vendor", "founded")]  # fmt: skip


def upgrade() -> None:
    for table, name in ENDS:
        start = f"coalesce({name}_min, CASE WHEN {name} IS NOT NULL THEN '-infinity'::date END)"
        told = f"WHERE {name}_max IS NOT NULL"
        op.execute(f"CREATE INDEX {table}_{name}_first ON {table} (({start}), {name}_max) {told}")
        op.execute(
            f"CREATE INDEX {table}_{name}_last ON {table}"
            f" (({start}) DESC NULLS LAST, {name}_max DESC NULLS LAST) {told}"
        )


def downgrade() -> None:
    for table, name in ENDS:
        for suffix in ("first", "last"):
            op.execute(f"DROP INDEX {table}_{name}_{suffix}")
