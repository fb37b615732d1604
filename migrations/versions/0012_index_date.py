"""What a date of a collection needs to be listed by: `SELECT index_date('benchmark', 'date')`.

The dates that there are keep the indexes of 0005 and 0010.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INDEX_DATE = """
CREATE FUNCTION index_date(owner text, date text) RETURNS void
LANGUAGE plpgsql AS $$
-- By first possible day, oldest and newest first; by last day; by last day of what is no whole day.
DECLARE name text := owner || '_' || date; first text; last text := quote_ident(date || '_max');
BEGIN
  first := format('coalesce(%I, CASE WHEN %I IS NOT NULL THEN ''-infinity''::date END)',
                  date || '_min', date);
  EXECUTE format('CREATE INDEX %I ON %I ((%s), %s, id)', name || '_oldest', owner, first, last);
  EXECUTE format('CREATE INDEX %I ON %I ((%s) DESC NULLS LAST, %s DESC NULLS LAST, id)',
                 name || '_newest', owner, first, last);
  EXECUTE format('CREATE INDEX %I ON %I (%s)', name || '_max', owner, last);
  EXECUTE format('CREATE INDEX %I ON %I (%s) WHERE %I IS DISTINCT FROM %3$s',
                 name || '_coarse', owner, last, date || '_min');
END $$"""


def upgrade() -> None:
    op.execute(INDEX_DATE)


def downgrade() -> None:
    op.execute("DROP FUNCTION index_date(text, text)")
