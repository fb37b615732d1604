"""Lists of references, and the revision of a row, are checked once for all rows of a statement.

A table of links beside each list had a row, two index entries and two foreign keys for each id, and
the revision of every row was looked up by itself: half of the time of an insert of many facts. The
index of the list tells as well who points at a record. Writers take turns (`begin_revision`), so
nobody retires meanwhile what was looked up.
"""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

# By table, what its lists of ids point at.
LINKS = {
    "source": (),
    "market": ("source",),
    "vendor": ("source",),
    "vendor_group": ("vendor", "source"),
    "product": ("market", "source"),
    "version": ("source",),
    "feature": ("market", "source"),
    "business_model": ("source",),
    "adoption": ("source",),
    "survey": ("feature", "source"),
    "monetization": ("source",),
    "investment": ("source",),
    "usage": ("source",),
    "offering": ("source",),
}
REFERENCES = """
CREATE FUNCTION check_references() RETURNS trigger
LANGUAGE plpgsql AS $$
-- Of the new rows all ids that the first argument, SQL, makes of one are in the table that is the
-- second.
DECLARE lost text; is_lost boolean;
BEGIN
  EXECUTE format('SELECT n.id, true FROM (SELECT DISTINCT %s AS id FROM new_rows) n'
    ' WHERE NOT EXISTS (SELECT FROM %I t WHERE t.id = n.id) LIMIT 1', TG_ARGV[0], TG_ARGV[1])
    INTO lost, is_lost;
  IF is_lost THEN
    RAISE foreign_key_violation USING TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME,
      MESSAGE = format('%s names %L, which is no %s', TG_TABLE_NAME, lost, TG_ARGV[1]);
  END IF;
  RETURN NULL;
END $$"""
REFERENCED = """
CREATE FUNCTION check_referenced() RETURNS trigger
LANGUAGE plpgsql AS $$
-- No old row is in the column of the table that are the arguments. Of many rows it is cheaper to
-- read all lists than to look for each.
DECLARE is_held boolean; held text := CASE
  WHEN TG_ARGV[1] = 'revision' THEN 'old_rows o JOIN %1$I t ON t.%2$I = o.id'
  WHEN (SELECT count(*) FROM old_rows) > 100
    THEN '%1$I t CROSS JOIN unnest(t.%2$I) v JOIN old_rows o ON o.id = v'
  ELSE 'old_rows o JOIN %1$I t ON t.%2$I @> ARRAY[o.id]' END;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM ' || held || ')', TG_ARGV[0], TG_ARGV[1])
    INTO is_held;
  IF is_held THEN
    RAISE foreign_key_violation USING TABLE = TG_ARGV[0], CONSTRAINT = TG_NAME,
      MESSAGE = format('%s is still in %s of %s', TG_TABLE_NAME, TG_ARGV[1], TG_ARGV[0]);
  END IF;
  RETURN NULL;
END $$"""
LINK = """
CREATE OR REPLACE FUNCTION link_references(owner text, list text, target text) RETURNS void
LANGUAGE plpgsql AS $$
-- What a foreign key does, for an array of ids and for the revision of a row.
DECLARE ids text := CASE WHEN list = 'revision' THEN list ELSE format('unnest(%I)', list) END;
        name text := owner || '_' || list; event text;
BEGIN
  IF list <> 'revision' THEN
    EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I USING gin (%I)', name, owner, list);
  END IF;
  FOREACH event IN ARRAY ARRAY['INSERT', 'UPDATE'] LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER %s ON %I REFERENCING NEW TABLE AS new_rows'
      ' FOR EACH STATEMENT EXECUTE FUNCTION check_references(%L, %L)',
      name || '_' || lower(event), event, owner, ids, target);
  END LOOP;
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows'
    ' FOR EACH STATEMENT EXECUTE FUNCTION check_referenced(%L, %L)', name || '_held', target,
    owner, list);
END $$"""
UNLINK = """
CREATE FUNCTION unlink_references(owner text, list text, target text) RETURNS void
LANGUAGE plpgsql AS $$
-- What `link_references` made on other tables.
BEGIN
  EXECUTE format('DROP TRIGGER %I ON %I', owner || '_' || list || '_held', target);
END $$"""
LISTS = r"""
CREATE OR REPLACE FUNCTION reference_lists(name text) RETURNS TABLE (list text, target text)
LANGUAGE sql STABLE AS $$
  -- The columns `market_ids` and the like, where there is a table `market`; and `revision`.
  SELECT attname, left(attname, -4)
    FROM pg_attribute
   WHERE attrelid = name::regclass AND attnum > 0 AND NOT attisdropped
     AND atttypid = 'text[]'::regtype AND attname LIKE '%\_ids'
     AND to_regclass(quote_ident(left(attname, -4))) IS NOT NULL
   UNION ALL SELECT 'revision', 'revision'
$$"""
BOOKKEEPING = """
CREATE OR REPLACE FUNCTION add_bookkeeping(name text) RETURNS void
LANGUAGE plpgsql AS $$
-- The columns that every row of a collection has. Their defaults are set apart from them: they fail
-- outside a write transaction, and ADD COLUMN computes a default at once.
BEGIN
  EXECUTE format('ALTER TABLE %I'
    ' ADD COLUMN IF NOT EXISTS revision bigint NOT NULLKEY,'
    ' ADD COLUMN IF NOT EXISTS recorded_at timestamptz NOT NULL,'
    ' ADD COLUMN IF NOT EXISTS updated_at timestamptz NOT NULL', name);
  EXECUTE format('ALTER TABLE %I'
    ' ALTER COLUMN revision SET DEFAULT current_revision(),'
    ' ALTER COLUMN recorded_at SET DEFAULT revision_instant(),'
    ' ALTER COLUMN updated_at SET DEFAULT revision_instant()', name);
END $$"""
DROP = """
CREATE OR REPLACE FUNCTION drop_revisioned(name text) RETURNS void
LANGUAGE plpgsql AS $$
-- The table with all that `make_revisioned` made for it.
BEGIN
  PERFORM unlink_references(name, list, target) FROM reference_lists(name);
  EXECUTE format('DROP FUNCTION %I(bigint)', name || '_at');
  EXECUTE format('DROP TABLE %I', name || '_history');
  EXECUTE format('DROP TABLE %I', name);
END $$"""
KEEP_LINKS = """
CREATE FUNCTION keep_links() RETURNS trigger
LANGUAGE plpgsql AS $$
-- Arguments: link table, owner column, target column, array column.
BEGIN
  IF TG_OP <> 'INSERT' THEN
    EXECUTE format('DELETE FROM %I WHERE %I IN (SELECT id FROM old_rows)', TG_ARGV[0], TG_ARGV[1]);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    EXECUTE format('INSERT INTO %I (%I, %I) SELECT id, unnest(%I) FROM new_rows',
                   TG_ARGV[0], TG_ARGV[1], TG_ARGV[2], TG_ARGV[3]);
  END IF;
  RETURN NULL;
END $$"""
LINK_TABLES = """
CREATE OR REPLACE FUNCTION link_references(owner text, list text, target text) RETURNS void
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
END $$"""
LISTS_ALONE = r"""
CREATE OR REPLACE FUNCTION reference_lists(name text) RETURNS TABLE (list text, target text)
LANGUAGE sql STABLE AS $$
  -- The columns `market_ids` and the like, where there is a table `market`.
  SELECT attname, left(attname, -4)
    FROM pg_attribute
   WHERE attrelid = name::regclass AND attnum > 0 AND NOT attisdropped
     AND atttypid = 'text[]'::regtype AND attname LIKE '%\_ids'
     AND to_regclass(quote_ident(left(attname, -4))) IS NOT NULL
   ORDER BY attnum
$$"""
DROP_TABLES = """
CREATE OR REPLACE FUNCTION drop_revisioned(name text) RETURNS void
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
END $$"""


# The version before asks them when it takes back a revision.
VIEW = """
CREATE VIEW {0}_source AS SELECT id AS {0}_id, unnest(source_ids) AS source_id FROM {0}"""
REVISION_KEY = """
ALTER TABLE {0} ADD CONSTRAINT {0}_revision_fkey FOREIGN KEY (revision) REFERENCES revision (id)"""
ALL = "FROM reference_lists('{0}')"


def upgrade() -> None:
    for table, targets in LINKS.items():
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_revision_fkey")
        for target in targets:
            for event in ("insert", "update", "delete"):
                op.execute(f"DROP TRIGGER {table}_{target}_{event} ON {table}")
            op.execute(f"DROP TABLE {table}_{target}")
    op.execute("DROP FUNCTION keep_links()")
    for function in (REFERENCES, REFERENCED, LINK, UNLINK, LISTS, DROP):
        op.execute(function)
    op.execute(BOOKKEEPING.replace("KEY", ""))
    for table, targets in LINKS.items():
        op.execute(f"SELECT link_references('{table}', list, target) {ALL.format(table)}")
        if targets:
            op.execute(VIEW.format(table))


def downgrade() -> None:
    for table, targets in LINKS.items():
        op.execute(f"SELECT unlink_references('{table}', list, target) {ALL.format(table)}")
        op.execute(REVISION_KEY.format(table))
        if targets:
            op.execute(f"DROP VIEW {table}_source")
    op.execute("DROP FUNCTION check_references() CASCADE")
    op.execute("DROP FUNCTION check_referenced()")
    op.execute("DROP FUNCTION unlink_references(text, text, text)")
    for function in (KEEP_LINKS, LINK_TABLES, LISTS_ALONE, DROP_TABLES):
        op.execute(function)
    op.execute(BOOKKEEPING.replace("KEY", " REFERENCES revision (id)"))
    for table in LINKS:
        op.execute(f"SELECT link_references('{table}', list, target) {ALL.format(table)}")
