"""Indexes of lists: by day in both directions, by the ends of dates, by what arrays point at."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Table and the date that says since when a record is in force.
DATES = {
    "source": "published", "product": "launched", "adoption": "date", "survey": "date",
    "monetization": "since", "investment": "date", "usage": "period", "offering": "date",
}  # fmt: skip
SOURCED = (
    "market", "vendor", "product", "feature", "business_model", "adoption", "survey",
    "monetization", "investment", "usage", "offering",
)  # fmt: skip
ARRAYS = [("product", "market_ids"), ("survey", "feature_ids"),
          *((table, "source_ids") for table in SOURCED)]  # fmt: skip


def upgrade() -> None:
    for table, name in DATES.items():
        start = f"coalesce({name}_min, CASE WHEN {name} IS NOT NULL THEN '-infinity'::date END)"
        op.execute(f"CREATE INDEX {table}_oldest ON {table} (({start}), {name}_max, id)")
        op.execute(
            f"CREATE INDEX {table}_newest ON {table}"
            f" (({start}) DESC NULLS LAST, {name}_max DESC NULLS LAST, id)"
        )
        op.execute(f"CREATE INDEX {table}_{name}_max ON {table} ({name}_max)")
        op.execute(
            f"CREATE INDEX {table}_{name}_coarse ON {table} ({name}_max)"
            f" WHERE {name}_min IS DISTINCT FROM {name}_max"
        )
    for table, name in ARRAYS:
        op.execute(f"CREATE INDEX {table}_{name} ON {table} USING gin ({name})")


def downgrade() -> None:
    for table, name in ARRAYS:
        op.execute(f"DROP INDEX {table}_{name}")
    for table, name in DATES.items():
        for suffix in ("oldest", "newest", f"{name}_max", f"{name}_coarse"):
            op.execute(f"DROP INDEX {table}_{suffix}")
