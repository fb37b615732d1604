"""Single references too are checked once for all rows of a statement, as their lists are.

A foreign key asks for the record of each row by itself: a quarter of the time of an insert of many
facts, whose products and features are few.
"""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

KEYS = (
    ("product", "vendor"),
    ("version", "product"),
    ("adoption", "product"),
    ("adoption", "feature"),
    ("survey", "product"),
    ("survey", "market"),
    ("monetization", "product"),
    ("monetization", "business_model"),
    ("investment", "vendor"),
    ("usage", "product"),
    ("offering", "product"),
)
REFERENCED = r"""
CREATE OR REPLACE FUNCTION check_referenced() RETURNS trigger
LANGUAGE plpgsql AS $$
-- No old row is in the column of the table that are the arguments. Of many rows it is cheaper to
-- read all lists than to look for each.
DECLARE is_held boolean; held text := CASE
  WHEN TG_ARGV[1] NOT LIKE '%\_ids' THEN 'old_rows o JOIN %1$I t ON t.%2$I = o.id'
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
LINK = r"""
CREATE OR REPLACE FUNCTION link_references(owner text, list text, target text) RETURNS void
LANGUAGE plpgsql AS $$
-- What a foreign key does: for a list of ids, one id, and the revision of a row.
DECLARE ids text := CASE WHEN list LIKE '%\_ids' THEN 'unnest(%I)'
                         WHEN list = 'revision' THEN '%I'
                         ELSE 'unnest(array_remove(ARRAY[%I], NULL))' END;
        name text := owner || '_' || list; event text;
BEGIN
  IF list LIKE '%\_ids' THEN
    EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I USING gin (%I)', name, owner, list);
  END IF;
  FOREACH event IN ARRAY ARRAY['INSERT', 'UPDATE'] LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER %s ON %I REFERENCING NEW TABLE AS new_rows'
      ' FOR EACH STATEMENT EXECUTE FUNCTION check_references(%L, %L)',
      name || '_' || lower(event), event, owner, format(ids, list), target);
  END LOOP;
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows'
    ' FOR EACH STATEMENT EXECUTE FUNCTION check_referenced(%L, %L)', name || '_held', target,
    owner, list);
END $$"""
LISTS = r"""
CREATE OR REPLACE FUNCTION reference_lists(name text) RETURNS TABLE (list text, target text)
LANGUAGE sql STABLE AS $$
  -- The columns `market_ids`, `market_id` and the like, where there is a table `market`; and
  -- `revision`.
  SELECT attname, left(attname, CASE atttypid WHEN 'text'::regtype THEN -3 ELSE -4 END)
    FROM pg_attribute
   WHERE attrelid = name::regclass AND attnum > 0 AND NOT attisdropped
     AND (atttypid = 'text'::regtype AND attname LIKE '%\_id'
          AND to_regclass(quote_ident(left(attname, -3))) IS NOT NULL
       OR atttypid = 'text[]'::regtype AND attname LIKE '%\_ids'
          AND to_regclass(quote_ident(left(attname, -4))) IS NOT NULL)
   UNION ALL SELECT 'revision', 'revision'
$$"""

REFERENCED_BEFORE = """
CREATE OR REPLACE FUNCTION check_referenced() RETURNS trigger
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
LINK_BEFORE = """
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
LISTS_BEFORE = r"""
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


def upgrade() -> None:
    for table, target in KEYS:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_{target}_id_fkey")
    for function in (REFERENCED, LINK, LISTS):
        op.execute(function)
    for table, target in KEYS:
        op.execute(f"SELECT link_references('{table}', '{target}_id', '{target}')")


def downgrade() -> None:
    for table, target in KEYS:
        op.execute(f"SELECT unlink_references('{table}', '{target}_id', '{target}')")
        for event in ("insert", "update"):
            op.execute(f"DROP TRIGGER {table}_{target}_id_{event} ON {table}")
        op.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_{target}_id_fkey"
            f" FOREIGN KEY ({target}_id) REFERENCES {target} (id)"
        )
    for function in (REFERENCED_BEFORE, LINK_BEFORE, LISTS_BEFORE):
        op.execute(function)
