-- Webhooks, and how far each has followed the feed of changes.

-- name: every
SELECT id, owner, url, types, filter, metric, status, status_reason, failures, failing_since,
       place_revision, place_kind, place_id, metric_value, metric_value_revision, created_at, updated_at
  FROM webhook
 WHERE :owner::text IS NULL OR owner = :owner
 ORDER BY id;

-- name: get
SELECT id, owner, url, types, filter, metric, status, status_reason, failures, failing_since,
       place_revision, place_kind, place_id, metric_value, metric_value_revision, created_at, updated_at
  FROM webhook
 WHERE id = :id;

-- name: lock
SELECT id, owner, url, types, filter, metric, status, status_reason, failures, failing_since,
       place_revision, place_kind, place_id, metric_value, metric_value_revision, created_at, updated_at
  FROM webhook
 WHERE id = :id
   FOR UPDATE;

-- name: insert
-- Its place is behind the newest revision.
INSERT INTO webhook
  (id, url, types, filter, metric, secret, owner, place_revision, place_kind, place_id)
SELECT :id, :url, :types, :filter, :metric, :secret, :owner, revision, :end_kind, ''
  FROM dataset
RETURNING id, owner, url, types, filter, metric, status, status_reason, failures, failing_since,
          place_revision, place_kind, place_id, metric_value, metric_value_revision, created_at, updated_at;

-- name: replace
-- A new figure is watched from its next reading.
UPDATE webhook
   SET url = :url,
       types = :types,
       filter = :filter,
       metric = :metric,
       updated_at = now(),
       metric_checked_revision =
         CASE WHEN metric IS DISTINCT FROM :metric THEN NULL ELSE metric_checked_revision END,
       metric_value_revision =
         CASE WHEN metric IS DISTINCT FROM :metric THEN NULL ELSE metric_value_revision END
 WHERE id = :id;

-- name: activate
UPDATE webhook
   SET status = 'active',
       status_reason = NULL,
       failures = 0,
       failing_since = NULL,
       trial_at = NULL,
       updated_at = now()
 WHERE id = :id;

-- name: stop
UPDATE webhook
   SET status = :status, status_reason = :reason, updated_at = now()
 WHERE id = :id;

-- name: rotate
UPDATE webhook
   SET old_secret = secret,
       secret = :secret,
       updated_at = now(),
       old_secret_until = now() + make_interval(hours => :overlap_hours)
 WHERE id = :id
RETURNING old_secret_until;

-- name: delete
DELETE FROM webhook
 WHERE id = :id;

-- name: lagging
-- An active one that has not followed to the newest revision.
SELECT w.id, owner, url, types, filter, metric, status, status_reason, failures, failing_since,
       place_revision, place_kind, place_id, metric_value, metric_value_revision, created_at, updated_at,
       d.revision AS newest
  FROM webhook w, dataset d
 WHERE w.status = 'active'
   AND (w.place_revision < d.revision OR w.place_kind <> :end_kind)
 ORDER BY w.place_revision
 LIMIT 1
   FOR UPDATE OF w SKIP LOCKED;

-- name: advance
UPDATE webhook
   SET place_revision = :revision, place_kind = :kind, place_id = :record_id
 WHERE id = :id;

-- name: unwatched
-- An active one whose figure was not read at the newest revision.
SELECT w.id, owner, url, types, filter, metric, status, status_reason, failures, failing_since,
       place_revision, place_kind, place_id, metric_value, metric_value_revision, created_at, updated_at
  FROM webhook w, dataset d
 WHERE w.status = 'active'
   AND w.metric IS NOT NULL
   AND (w.metric_checked_revision IS NULL OR w.metric_checked_revision < d.revision)
 ORDER BY w.metric_checked_revision NULLS FIRST
 LIMIT 1;

-- name: note_reading
UPDATE webhook
   SET metric_checked_revision = :revision,
       metric_value = CASE WHEN :is_told THEN :value ELSE metric_value END,
       metric_value_revision = CASE WHEN :is_told THEN :revision ELSE metric_value_revision END
 WHERE id = :id;

-- name: fail
UPDATE webhook
   SET failures = :failures, failing_since = :since, trial_at = :trial_at
 WHERE id = :id;

-- name: succeed
UPDATE webhook
   SET failures = 0, failing_since = NULL, trial_at = NULL
 WHERE id = :id
   AND failures > 0;
