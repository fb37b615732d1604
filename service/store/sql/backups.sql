-- What a backup says of a database, so that another can be held against it.

-- name: share
SELECT pg_export_snapshot();

-- name: plain
-- A row as text is the same in every session.
SELECT set_config('datestyle', 'ISO', true), set_config('timezone', 'UTC', true),
       set_config('intervalstyle', 'postgres', true), set_config('bytea_output', 'hex', true),
       set_config('extra_float_digits', '1', true);

-- name: tables
SELECT c.oid::regclass::text AS name
  FROM pg_class c
 WHERE c.relkind = 'r'
   AND c.relnamespace = current_schema()::regnamespace
 ORDER BY c.relname COLLATE "C";

-- name: used
-- How many tables, views and sequences there are.
SELECT count(*)
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
   AND n.nspname NOT LIKE 'pg\_%'
   AND n.nspname <> 'information_schema';

-- name: server
SELECT current_setting('server_version') AS postgres,
       pg_database_size(current_database()) AS bytes,
       (SELECT revision FROM dataset) AS revision,
       (SELECT version_num FROM alembic_version) AS migration;

-- name: clear
DROP SCHEMA public CASCADE;

-- name: begin
CREATE SCHEMA public;

-- name: analyze
ANALYZE;
