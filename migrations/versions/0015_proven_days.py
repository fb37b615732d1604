"""Dates are listed by the first day that is proven: an open start stands at its end.

And the facts of a product are found in the past as fast as now, since they tell its life.
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Every index of dates, with its name, anew by another first day.
REINDEX = """
DO $$
DECLARE made record;
BEGIN
  FOR made IN
    SELECT indexrelid::regclass AS name,
           regexp_replace(pg_get_indexdef(indexrelid), {pattern}, {replacement}) AS definition
      FROM pg_index
     WHERE pg_get_indexdef(indexrelid) ~ {pattern}
  LOOP
    EXECUTE format('DROP INDEX %s', made.name);
    EXECUTE made.definition;
  END LOOP;
END $$"""
OPEN_FIRST = (
    r"'COALESCE\((\w+)_min,\s+CASE\s+WHEN \(\w+ IS NOT NULL\)"
    r" THEN ''-infinity''::date\s+ELSE NULL::date\s+END\)'"
)
OPEN_LAST = r"'COALESCE\((\w+)_min, \1_max\)'"
INDEX_DATE = """
CREATE OR REPLACE FUNCTION index_date(owner text, date text) RETURNS void
LANGUAGE plpgsql AS $$
-- By first day, oldest and newest first; by last day; by last day of what is no whole day.
DECLARE name text := owner || '_' || date; first text; last text := quote_ident(date || '_max');
BEGIN
  first := format({first}, {values});
  EXECUTE format('CREATE INDEX %I ON %I ((%s), %s, id)', name || '_oldest', owner, first, last);
  EXECUTE format('CREATE INDEX %I ON %I ((%s) DESC NULLS LAST, %s DESC NULLS LAST, id)',
                 name || '_newest', owner, first, last);
  EXECUTE format('CREATE INDEX %I ON %I (%s)', name || '_max', owner, last);
  EXECUTE format('CREATE INDEX %I ON %I (%s) WHERE %I IS DISTINCT FROM %3$s',
                 name || '_coarse', owner, last, date || '_min');
END $$"""


TOLD_BY = ("adoption", "monetization")


def upgrade() -> None:
    for table in TOLD_BY:
        op.execute(f"CREATE INDEX {table}_history_product ON {table}_history (product_id)")
    op.execute(INDEX_DATE.format(first="'coalesce(%I, %s)'", values="date || '_min', last"))
    op.execute(REINDEX.format(pattern=OPEN_FIRST, replacement=r"'COALESCE(\1_min, \1_max)'"))


def downgrade() -> None:
    for table in TOLD_BY:
        op.execute(f"DROP INDEX {table}_history_product")
    op.execute(
        INDEX_DATE.format(
            first="'coalesce(%I, CASE WHEN %I IS NOT NULL THEN ''-infinity''::date END)'",
            values="date || '_min', date",
        )
    )
    opened = (
        r"'COALESCE(\1_min, CASE WHEN (\1 IS NOT NULL) THEN ''-infinity''::date"
        r" ELSE NULL::date END)'"
    )
    op.execute(REINDEX.format(pattern=OPEN_LAST, replacement=opened))
