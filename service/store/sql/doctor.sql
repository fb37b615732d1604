-- What may be wrong with a server and a base, in figures.

-- name: server
SELECT current_setting('server_version') AS postgres,
       current_setting('server_version_num')::int / 10000 AS major,
       current_setting('data_checksums') = 'on' AS has_checksums,
       current_setting('transaction_read_only') = 'on' AS is_read_only,
       current_setting('max_connections')::int
         - current_setting('superuser_reserved_connections')::int AS connections,
       coalesce(s.checksum_failures, 0) AS damaged,
       s.checksum_last_failure AS damaged_at,
       clock_timestamp() AS now,
       d.datcollversion AS collation_made,
       pg_database_collation_actual_version(d.oid) AS collation_now
  FROM pg_database d
  LEFT JOIN pg_stat_database s ON s.datid = d.oid
 WHERE d.datname = current_database();

-- name: sessions
-- Of this database: those that hold a transaction open and do nothing, and the versions of the
-- service that are connected.
SELECT count(*) FILTER (WHERE state LIKE 'idle in transaction%'
                          AND xact_start < now() - make_interval(secs => :idle_seconds)) AS idle,
       coalesce(array_agg(DISTINCT application_name)
                FILTER (WHERE application_name LIKE 'parity %'), '{}') AS services
  FROM pg_stat_activity
 WHERE datname = current_database()
   AND pid <> pg_backend_pid();

-- name: replicas
-- Seconds that the slowest standby is behind, and the slots that nobody reads.
SELECT (SELECT coalesce(max(extract(epoch FROM replay_lag)), 0)::float8
          FROM pg_stat_replication) AS lag,
       (SELECT coalesce(array_agg(slot_name::text ORDER BY slot_name), '{}')
          FROM pg_replication_slots
         WHERE NOT active) AS slots;

-- name: copy
-- Of which cluster a server is a copy, where its log ends, and how old what it replayed last is.
SELECT (pg_control_system()).system_identifier AS cluster,
       pg_is_in_recovery() AS is_standby,
       CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
         - '0/0'::pg_lsn AS position,
       coalesce(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()), 0)::float8
         AS age;

-- name: forbidden
-- Tables in which the user of the service may not do what it does.
SELECT coalesce(array_agg(c.relname::text ORDER BY c.relname), '{}')
  FROM pg_class c
 WHERE c.relkind = 'r'
   AND c.relnamespace = current_schema()::regnamespace
   AND c.relname <> 'alembic_version'
   AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
            AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'));

-- name: webhooks
SELECT count(*) FILTER (WHERE status = 'paused') AS paused,
       count(*) FILTER (WHERE status = 'active'
                          AND failing_since < now() - interval '1 day') AS failing
  FROM webhook;

-- name: ledger
-- Accounts that are whole only after every window of a quota: the clock stood later before.
SELECT count(*)
  FROM quota
 WHERE greatest(burst, hour) > extract(epoch FROM now())::float8 + :ahead_seconds;
