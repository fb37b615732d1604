-- Which migration has run last; the table is alembic's.

-- name: is_there
SELECT to_regclass('alembic_version') IS NOT NULL;

-- name: last
SELECT version_num
  FROM alembic_version;
