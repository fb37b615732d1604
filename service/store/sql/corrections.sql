-- What readers say is wrong, and what was decided about it.

-- name: insert
INSERT INTO correction
  (id, collection, record_id, field, proposed, statement, source_url, contact, sender)
VALUES
  (:id, :collection, :record_id, :field, :proposed, :statement, :source_url, :contact, :sender)
RETURNING id, collection, record_id, field, proposed, statement, source_url, contact, received_at,
          status, reason, decided_by, decided_at, revision;

-- name: get
SELECT id, collection, record_id, field, proposed, statement, source_url, contact, received_at,
       status, reason, decided_by, decided_at, revision
  FROM correction
 WHERE id = :id;

-- name: lock
SELECT id, collection, record_id, field, proposed, statement, source_url, contact, received_at,
       status, reason, decided_by, decided_at, revision
  FROM correction
 WHERE id = :id
   FOR UPDATE;

-- name: page
SELECT id, collection, record_id, field, proposed, statement, source_url, contact, received_at,
       status, reason, decided_by, decided_at, revision
  FROM correction
 WHERE (:before::text IS NULL OR id < :before)
   AND (:status::text IS NULL OR status = :status)
   AND (:collection::text IS NULL OR collection = :collection)
   AND (:record_id::text IS NULL OR record_id = :record_id)
 ORDER BY id DESC
 LIMIT :limit;

-- name: open_counts
SELECT count(*) AS "all",
       count(*) FILTER (WHERE sender NOT LIKE 'key\_%') AS anonymous,
       count(*) FILTER (WHERE sender = :sender) AS own
  FROM correction
 WHERE status = 'open';

-- name: decide
UPDATE correction
   SET status = :verdict,
       reason = :reason,
       decided_by = :actor,
       revision = :revision,
       record_id = coalesce(record_id, :record_id),
       decided_at = clock_timestamp()
 WHERE id = :id
RETURNING id, collection, record_id, field, proposed, statement, source_url, contact, received_at,
          status, reason, decided_by, decided_at, revision;
