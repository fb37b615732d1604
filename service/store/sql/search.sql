-- What search has to know of a base before it reads the records.

-- name: reckoned
-- How many rows these tables have together, as the last ANALYZE saw them.
SELECT coalesce(sum(greatest(reltuples, 0)), 0)::bigint
  FROM pg_class
 WHERE oid = ANY (SELECT to_regclass(name) FROM unnest(:tables::text[]) name);
