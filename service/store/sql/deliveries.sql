-- Events on their way to webhooks: an outbox, whose rows are claimed with a lease.

-- name: add
-- Due now; an event that is there already stays as it is.
INSERT INTO webhook_delivery (id, webhook_id, event_id, type, body, next_at)
SELECT id, :webhook_id, event_id, type, body, now()
  FROM unnest(:ids::text[], :event_ids::text[], :types::text[], :bodies::bytea[])
    AS event (id, event_id, type, body)
ON CONFLICT (webhook_id, event_id) DO NOTHING;

-- name: add_leased
-- Claimed at once, by the caller.
WITH added AS (
  INSERT INTO webhook_delivery (id, webhook_id, event_id, type, body, next_at)
  VALUES (:id, :webhook_id, :event_id, :type, :body, now() + :lease)
  RETURNING id, webhook_id, event_id, body, attempts, next_at
)
SELECT d.id, d.webhook_id, d.event_id, w.url, d.body, d.attempts, d.next_at, w.secret,
       CASE WHEN w.old_secret_until > now() THEN w.old_secret END AS old, now() AS at
  FROM added d
  JOIN webhook w ON w.id = d.webhook_id;

-- name: claim
-- At most a few of each webhook; a claim moves `next_at` by the lease.
WITH due AS (
  SELECT d.id
    FROM webhook w
   CROSS JOIN LATERAL (
         SELECT id
           FROM webhook_delivery
          WHERE webhook_id = w.id
            AND status = 'pending'
            AND next_at <= coalesce(:now::timestamptz, clock_timestamp())
          ORDER BY next_at, id
          LIMIT :side_by_side
            FOR UPDATE SKIP LOCKED) d
   WHERE w.status = 'active'
     AND w.id <> ALL (:busy::text[])
   LIMIT :limit
)
UPDATE webhook_delivery d
   SET next_at = coalesce(:now::timestamptz, clock_timestamp()) + :lease
  FROM due, webhook w
 WHERE d.id = due.id
   AND w.id = d.webhook_id
RETURNING d.id, d.webhook_id, d.event_id, w.url, d.body, d.attempts, d.next_at, w.secret,
          CASE WHEN w.old_secret_until > coalesce(:now::timestamptz, clock_timestamp())
               THEN w.old_secret END AS old,
          coalesce(:now::timestamptz, clock_timestamp()) AS at;

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
UPDATE webhook_delivery
   SET status = 'pending', attempts = 0, next_at = now()
 WHERE id = :id;

-- name: prune
DELETE FROM webhook_delivery
 WHERE status <> 'pending'
   AND created_at < now() - make_interval(days => :days);
