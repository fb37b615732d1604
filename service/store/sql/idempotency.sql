-- Answers kept under an Idempotency-Key.

-- name: forget_old
DELETE FROM idempotency
 WHERE principal = :principal
   AND route = :route
   AND key = :key
   AND created_at < now() - make_interval(hours => :hours);

-- name: claim
INSERT INTO idempotency (principal, route, key, request_hash)
VALUES (:principal, :route, :key, :request_hash)
ON CONFLICT DO NOTHING
RETURNING true;

-- name: get
SELECT request_hash, status, headers, body
  FROM idempotency
 WHERE principal = :principal
   AND route = :route
   AND key = :key;

-- name: keep
UPDATE idempotency
   SET status = :status, headers = :headers, body = :body
 WHERE principal = :principal
   AND route = :route
   AND key = :key;

-- name: purge
DELETE FROM idempotency
 WHERE created_at < now() - make_interval(hours => :hours);
