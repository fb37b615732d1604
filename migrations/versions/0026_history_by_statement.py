"""History is kept once for all rows that a statement changes, not row by row."""

from alembic import op

revision = "0026"
down_revision = "0025"
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
STAMP = """
CREATE FUNCTION stamp_revision() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.revision := current_revision();
  NEW.updated_at := revision_instant();
  NEW.recorded_at := OLD.recorded_at;
  RETURN NEW;
END $$"""
KEEP = """
CREATE OR REPLACE FUNCTION keep_history() RETURNS trigger
LANGUAGE plpgsql AS $$
-- What a revision makes and ends again has no history.
BEGIN
  EXECUTE format('INSERT INTO %I SELECT current_revision(), o.* FROM old_rows o'
    ' WHERE o.revision < current_revision()', TG_TABLE_NAME || '_history');
  RETURN NULL;
END $$"""
KEEP_EACH = """
CREATE OR REPLACE FUNCTION keep_history() RETURNS trigger
LANGUAGE plpgsql AS $$
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
END $$"""
TRIGGERS = """
  EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE ON %I FOR EACH ROW'
    ' EXECUTE FUNCTION stamp_revision()', name || '_stamp_revision', name);
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows'
    ' FOR EACH STATEMENT EXECUTE FUNCTION keep_history()', name || '_keep_history', name);
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows'
    ' FOR EACH STATEMENT EXECUTE FUNCTION keep_history()', name || '_keep_deleted', name);"""
TRIGGER_EACH = """
  EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW'
    ' EXECUTE FUNCTION keep_history()', name || '_keep_history', name);"""
MAKE = """
CREATE OR REPLACE FUNCTION make_revisioned(name text) RETURNS void
LANGUAGE plpgsql AS $$
-- Makes what a collection's table lacks: bookkeeping, history, triggers, `_at`, the indexes of the
-- change feed, and the links of its lists of references. Called again after a change of columns.
DECLARE history text := name || '_history'; names text;
BEGIN
  PERFORM add_bookkeeping(name);
  EXECUTE format('CREATE TABLE IF NOT EXISTS %I'
    ' (replaced_in bigint NOT NULL REFERENCES revision (id), LIKE %I)', history, name);
  PERFORM match_history(name);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (revision, id)', name || '_revision', name);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (id, revision)', history || '_id', history);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (replaced_in, revision)',
                 history || '_span', history);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (revision, id)',
                 history || '_begun', history);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (replaced_in, id)',
                 history || '_ended', history);
TRIGGERS
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO names
    FROM pg_attribute
   WHERE attrelid = name::regclass AND attnum > 0 AND NOT attisdropped;
  EXECUTE format('CREATE OR REPLACE FUNCTION %I(asked bigint) RETURNS SETOF %I'
    ' LANGUAGE sql STABLE PARALLEL SAFE AS %L', name || '_at', name,
    format(' SELECT %s FROM %I WHERE revision <= asked UNION ALL SELECT %s FROM %I'
           ' WHERE revision <= asked AND asked < replaced_in ', names, name, names, history));
  PERFORM link_references(name, list, target) FROM reference_lists(name);
END $$"""


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP TRIGGER {table}_keep_history ON {table}")
    op.execute(STAMP)
    op.execute(KEEP)
    op.execute(MAKE.replace("\nTRIGGERS", TRIGGERS))
    for table in TABLES:
        op.execute(f"SELECT make_revisioned('{table}')")


def downgrade() -> None:
    for table in TABLES:
        for trigger in ("stamp_revision", "keep_history", "keep_deleted"):
            op.execute(f"DROP TRIGGER {table}_{trigger} ON {table}")
    op.execute("DROP FUNCTION stamp_revision()")
    op.execute(KEEP_EACH)
    op.execute(MAKE.replace("\nTRIGGERS", TRIGGER_EACH))
    for table in TABLES:
        op.execute(f"SELECT make_revisioned('{table}')")
