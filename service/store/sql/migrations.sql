-- Which migration has run last; the table is alembic's.

-- name: is_there
SELECT to_regclass('alembic_version') IS NOT NULL;

-- name: last
SELECT version_num
  FROM alembic_version;

-- name: half_built
-- Indexes that are not valid, and that nobody is building.
SELECT i.indexrelid::regclass::text
  FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid
 WHERE NOT i.indisvalid
   AND c.relkind = 'i'
   AND c.relnamespace = current_schema()::regnamespace
   AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid);
