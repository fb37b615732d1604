"""What a collection's table needs besides itself, made from its columns by one function.

The tables that there are keep what they have: it is the same. A new collection is its CREATE TABLE
and `SELECT make_revisioned('benchmark')`; after a change of its columns the same call brings
everything up to date.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FUNCTIONS = {
    "add_bookkeeping(text)": """
CREATE FUNCTION add_bookkeeping(name text) RETURNS void
LANGUAGE plpgsql AS $$
-- The columns that every row of a collection has. Their defaults are set apart from them: they fail
-- outside a write transaction, and ADD COLUMN computes a default at once.
BEGIN
  EXECUTE format('ALTER TABLE %I'
    ' ADD COLUMN IF NOT EXISTS revision bigint NOT NULL REFERENCES revision (id),'
    ' ADD COLUMN IF NOT EXISTS recorded_at timestamptz NOT NULL,'
    ' ADD COLUMN IF NOT EXISTS updated_at timestamptz NOT NULL', name);
  EXECUTE format('ALTER TABLE %I'
    ' ALTER COLUMN revision SET DEFAULT current_revision(),'
    ' ALTER COLUMN recorded_at SET DEFAULT revision_instant(),'
    ' ALTER COLUMN updated_at SET DEFAULT revision_instant()', name);
END $$""",
    "match_history(text)": """
CREATE FUNCTION match_history(name text) RETURNS void
LANGUAGE plpgsql AS $$
-- The history has the columns of the table, in their order, and `replaced_in` before them.
DECLARE history regclass := name || '_history'; change text;
BEGIN
  FOR change IN
    SELECT format('ADD COLUMN %I %s%s', a.attname, format_type(a.atttypid, a.atttypmod),
                  coalesce(' COLLATE ' || nullif(a.attcollation, t.typcollation)::regcollation, ''))
      FROM pg_attribute a
      JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = name::regclass AND a.attnum > 0 AND NOT a.attisdropped
       AND NOT EXISTS (SELECT FROM pg_attribute h WHERE h.attrelid = history
                          AND h.attname = a.attname AND NOT h.attisdropped)
     ORDER BY a.attnum
  LOOP
    EXECUTE format('ALTER TABLE %s %s', history, change);
  END LOOP;
  FOR change IN
    SELECT format('DROP COLUMN %I', h.attname)
      FROM pg_attribute h
     WHERE h.attrelid = history AND h.attnum > 0 AND NOT h.attisdropped
       AND h.attname <> 'replaced_in'
       AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = name::regclass
                          AND a.attname = h.attname AND NOT a.attisdropped)
  LOOP
    EXECUTE format('ALTER TABLE %s %s', history, change);
  END LOOP;
END $$""",
    "link_references(text, text, text)": """
CREATE FUNCTION link_references(owner text, list text, target text) RETURNS void
LANGUAGE plpgsql AS $$
-- An array of ids is the record's value; the table `owner_target` gives the ids foreign keys.
DECLARE link text := owner || '_' || target; owner_id text := owner || '_id';
        target_id text := target || '_id'; event text; rows text;
BEGIN
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I USING gin (%I)',
                 owner || '_' || list, owner, list);
  EXECUTE format('CREATE TABLE IF NOT EXISTS %I (%I text COLLATE "C" NOT NULL REFERENCES %I (id)'
    ' ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,'
    ' %I text COLLATE "C" NOT NULL REFERENCES %I (id), PRIMARY KEY (%4$I, %2$I))',
    link, owner_id, owner, target_id, target);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (%I)', link || '_owner', link, owner_id);
  EXECUTE format('INSERT INTO %I (%I, %I) SELECT id, unnest(%I) FROM %I ON CONFLICT DO NOTHING',
                 link, owner_id, target_id, list, owner);
  FOR event, rows IN
    VALUES ('INSERT', 'NEW TABLE AS new_rows'),
           ('UPDATE', 'OLD TABLE AS old_rows NEW TABLE AS new_rows'),
           ('DELETE', 'OLD TABLE AS old_rows')
  LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER %s ON %I REFERENCING %s FOR EACH STATEMENT'
      ' EXECUTE FUNCTION keep_links(%L, %L, %L, %L)', link || '_' || lower(event), event, owner,
      rows, link, owner_id, target_id, list);
  END LOOP;
END $$""",
    "reference_lists(text)": r"""
CREATE FUNCTION reference_lists(name text) RETURNS TABLE (list text, target text)
LANGUAGE sql STABLE AS $$
  -- The columns `market_ids` and the like, where there is a table `market`.
  SELECT attname, left(attname, -4)
    FROM pg_attribute
   WHERE attrelid = name::regclass AND attnum > 0 AND NOT attisdropped
     AND atttypid = 'text[]'::regtype AND attname LIKE '%\_ids'
     AND to_regclass(quote_ident(left(attname, -4))) IS NOT NULL
   ORDER BY attnum
$$""",
    "make_revisioned(text)": """
CREATE FUNCTION make_revisioned(name text) RETURNS void
LANGUAGE plpgsql AS $$
-- Makes what a collection's table lacks: bookkeeping, history, trigger, `_at`, the indexes of the
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
  EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW'
    ' EXECUTE FUNCTION keep_history()', name || '_keep_history', name);
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO names
    FROM pg_attribute
   WHERE attrelid = name::regclass AND attnum > 0 AND NOT attisdropped;
  EXECUTE format('CREATE OR REPLACE FUNCTION %I(asked bigint) RETURNS SETOF %I'
    ' LANGUAGE sql STABLE PARALLEL SAFE AS %L', name || '_at', name,
    format(' SELECT %s FROM %I WHERE revision <= asked UNION ALL SELECT %s FROM %I'
           ' WHERE revision <= asked AND asked < replaced_in ', names, name, names, history));
  PERFORM link_references(name, list, target) FROM reference_lists(name);
END $$""",
    "drop_revisioned(text)": """
CREATE FUNCTION drop_revisioned(name text) RETURNS void
LANGUAGE plpgsql AS $$
-- The table with all that `make_revisioned` made for it.
DECLARE link text;
BEGIN
  FOR link IN SELECT name || '_' || target FROM reference_lists(name) LOOP
    EXECUTE format('DROP TABLE %I', link);
  END LOOP;
  EXECUTE format('DROP FUNCTION %I(bigint)', name || '_at');
  EXECUTE format('DROP TABLE %I', name || '_history');
  EXECUTE format('DROP TABLE %I', name);
END $$""",
}


def upgrade() -> None:
    for function in FUNCTIONS.values():
        op.execute(function)


def downgrade() -> None:
    for signature in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {signature}")
