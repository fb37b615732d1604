-- What a server of PostgreSQL says of itself.

-- name: timeline
-- 0 of one that takes no writes. Each promotion begins the next timeline.
SELECT CASE
         WHEN pg_is_in_recovery() THEN 0
         ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer
       END;
