-- A revision is one committed write; `dataset` holds the number of the newest.

-- name: begin
SELECT begin_revision(:actor, :comment);

-- name: forget
DELETE FROM revision
 WHERE id = :taken;

-- name: step_back
UPDATE dataset
   SET revision = r.id, instant = r.recorded_at
  FROM revision r
 WHERE r.id = :revision;

-- name: newest
SELECT revision
  FROM dataset;

-- name: current
SELECT d.revision, r.recorded_at AS instant
  FROM dataset d
  JOIN revision r ON r.id = d.revision;

-- name: ready
SELECT revision,
       current_setting('server_version') AS postgres,
       current_setting('transaction_read_only') = 'on' AS is_read_only,
       coalesce((SELECT checksum_failures
                   FROM pg_stat_database
                  WHERE datname = current_database()), 0) > 0 AS is_damaged
  FROM dataset;

-- name: wait_for_locks
SELECT set_config('lock_timeout', :duration, true);

-- name: recorded_at
SELECT recorded_at
  FROM revision
 WHERE id = :revision;

-- name: at
-- The newest by an instant.
SELECT max(id)
  FROM revision
 WHERE recorded_at <= :instant;

-- name: first
SELECT id, recorded_at
  FROM revision
 WHERE id > 0
 ORDER BY id
 LIMIT 1;

-- name: get
SELECT id, recorded_at, actor, comment
  FROM revision
 WHERE id = :revision;

-- name: page
-- An actor is "name (key)", and is found by either.
SELECT id, recorded_at, actor, comment
  FROM revision
 WHERE id > greatest(0, :after::bigint)
   AND id <= least(:until::bigint, :newest::bigint)
   AND id < :before
   AND (:actor::text IS NULL OR actor = :actor OR actor LIKE '%(' || :actor_pattern || ')')
 ORDER BY id DESC
 LIMIT :limit;

-- name: of_actor
-- Those that an actor wrote with comments that begin so.
SELECT id
  FROM revision
 WHERE actor = :actor
   AND starts_with(comment, :comment)
 ORDER BY id;
