-- Events on their way to webhooks: an outbox, whose rows are claimed with a lease.

-- name: add
-- Due now; an event that is there already stays as it is.
INSERT INTO webhook_delivery (id, webhook_id, event_id, type, object_id, body, next_at)
SELECT id, :webhook_id, event_id, type, object_id, body, now()
  FROM unnest(
         :ids::text[], :event_ids::text[], :types::text[], :object_ids::text[], :bodies::bytea[]
       ) WITH ORDINALITY AS event (id, event_id, type, object_id, body, n)
 ORDER BY n
ON CONFLICT (webhook_id, event_id) DO NOTHING;

-- name: add_leased
-- Claimed at once, by the caller.
WITH added AS (
  INSERT INTO webhook_delivery (id, webhook_id, event_id, type, body, next_at)
  VALUES (:id, :webhook_id, :event_id, :type, :body, now() + :lease)
  RETURNING id, webhook_id, event_id, body, attempts, next_at
)
SELECT d.id, d.webhook_id, d.event_id, w.url, d.body, d.attempts, d.next_at, w.secret,
       CASE WHEN w.old_secret_until > now() THEN w.old_secret END AS old, false AS is_trial,
       now() AS at
  FROM added d
  JOIN webhook w ON w.id = d.webhook_id;

-- name: claim
-- Of each webhook at most a few, of one that fails a single one, the trial, and that only when it is
-- time. None goes before what the same webhook is still to be told of the same object. A claim moves
-- `next_at`, and of a trial `trial_at`, by the lease.
WITH at AS (
  SELECT coalesce(:now::timestamptz, clock_timestamp()) AS now
),
trusted AS (
  SELECT id, false AS is_trial
    FROM webhook
   WHERE status = 'active'
     AND trial_at IS NULL
     AND id <> ALL (:busy::text[])
),
doubted AS (
  SELECT id, true AS is_trial
    FROM webhook
   WHERE status = 'active'
     AND trial_at <= coalesce(:now::timestamptz, clock_timestamp())
     AND id <> ALL (:busy::text[])
     FOR NO KEY UPDATE SKIP LOCKED
),
due AS (
  SELECT d.id, w.id AS webhook_id, w.is_trial, at.now
    FROM at
   CROSS JOIN (SELECT id, is_trial FROM trusted UNION ALL SELECT id, is_trial FROM doubted) w
   CROSS JOIN LATERAL (
         SELECT id
           FROM webhook_delivery e
          WHERE webhook_id = w.id
            AND status = 'pending'
            AND next_at <= at.now
            AND NOT EXISTS (
                SELECT
                  FROM webhook_delivery earlier
                 WHERE earlier.webhook_id = e.webhook_id
                   AND earlier.object_id = e.object_id
                   AND earlier.status = 'pending'
                   AND earlier.place < e.place)
          ORDER BY next_at, place
          LIMIT CASE WHEN w.is_trial THEN 1 ELSE :side_by_side::int END
            FOR UPDATE SKIP LOCKED) d
   LIMIT :limit
),
trials AS (
  UPDATE webhook w
     SET trial_at = due.now + :lease
    FROM due
   WHERE w.id = due.webhook_id
     AND due.is_trial
)
UPDATE webhook_delivery d
   SET next_at = due.now + :lease
  FROM due, webhook w
 WHERE d.id = due.id
   AND w.id = d.webhook_id
RETURNING d.id, d.webhook_id, d.event_id, w.url, d.body, d.attempts, d.next_at, w.secret,
          CASE WHEN w.old_secret_until > due.now THEN w.old_secret END AS old,
          due.is_trial, due.now AS at;

-- name: record
UPDATE webhook_delivery
   SET status = :status,
       next_at = :again,
       attempts = attempts + 1,
       last_at = :at,
       last_status = :answer_status,
       last_error = :answer_error,
       answer = :answer_body
 WHERE id = :id
   AND next_at = :leased_until
   AND status = 'pending';

-- name: abandon
UPDATE webhook_delivery
   SET status = 'failed'
 WHERE webhook_id = :webhook_id
   AND status = 'pending';

-- name: page
SELECT id, webhook_id, event_id, type, body, status, attempts, next_at, last_at, last_status,
       last_error, answer, created_at
  FROM webhook_delivery
 WHERE webhook_id = :webhook_id
   AND (:before::text IS NULL OR id < :before)
 ORDER BY id DESC
 LIMIT :limit;

-- name: get
SELECT id, webhook_id, event_id, type, body, status, attempts, next_at, last_at, last_status,
       last_error, answer, created_at
  FROM webhook_delivery
 WHERE webhook_id = :webhook_id
   AND id = :id;

-- name: again
-- A webhook that fails is tried now.
WITH asked AS (
  UPDATE webhook_delivery
     SET status = 'pending', attempts = 0, next_at = now()
   WHERE id = :id
  RETURNING webhook_id
)
UPDATE webhook w
   SET trial_at = now()
  FROM asked
 WHERE w.id = asked.webhook_id
   AND trial_at > now();

-- name: prune
DELETE FROM webhook_delivery
 WHERE status <> 'pending'
   AND created_at < now() - make_interval(days => :days);
