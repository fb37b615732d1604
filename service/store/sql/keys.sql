-- Keys of callers, by the hashes of their secrets. The view of a key is the same in every statement.

-- name: every
SELECT id, name, scopes, created_at, expires_at, last_used_at, retired_at,
       CASE WHEN previous_expires_at > now() THEN previous_expires_at END AS previous_expires_at,
       CASE WHEN retired_at IS NOT NULL THEN 'retired'
            WHEN expires_at <= now() THEN 'expired'
            ELSE 'active' END AS status
  FROM api_key
 ORDER BY created_at, id;

-- name: get
SELECT id, name, scopes, created_at, expires_at, last_used_at, retired_at,
       CASE WHEN previous_expires_at > now() THEN previous_expires_at END AS previous_expires_at,
       CASE WHEN retired_at IS NOT NULL THEN 'retired'
            WHEN expires_at <= now() THEN 'expired'
            ELSE 'active' END AS status,
       secret_hash, previous_hash,
       coalesce(last_used_at NOT BETWEEN now() - :used_every::interval AND now(), true)
         AND NOT current_setting('transaction_read_only')::boolean AS is_use_due,
       extract(epoch FROM least(
         CASE WHEN expires_at > now() THEN expires_at END,
         CASE WHEN previous_expires_at > now() THEN previous_expires_at END
       ) - now())::float8 AS changes_in
  FROM api_key
 WHERE id = :id;

-- name: insert
INSERT INTO api_key (id, name, scopes, secret_hash, expires_at)
VALUES (:id, :name, :scopes, :secret_hash, now() + :life)
RETURNING id, name, scopes, created_at, expires_at, last_used_at, retired_at,
          NULL::timestamptz AS previous_expires_at,
          CASE WHEN expires_at <= now() THEN 'expired' ELSE 'active' END AS status;

-- name: rotate
-- The old secret stays good for a while beside the new one.
UPDATE api_key
   SET previous_hash = secret_hash,
       previous_expires_at = now() + :overlap,
       secret_hash = :secret_hash
 WHERE id = :id
   AND retired_at IS NULL
   AND coalesce(expires_at > now(), true)
RETURNING id, name, scopes, created_at, expires_at, last_used_at, retired_at,
          CASE WHEN previous_expires_at > now() THEN previous_expires_at END
            AS previous_expires_at,
          'active' AS status;

-- name: retire
UPDATE api_key
   SET retired_at = coalesce(retired_at, now())
 WHERE id = :id
RETURNING id, name, scopes, created_at, expires_at, last_used_at, retired_at,
          CASE WHEN previous_expires_at > now() THEN previous_expires_at END
            AS previous_expires_at,
          'retired' AS status;

-- name: note_use
UPDATE api_key
   SET last_used_at = now()
 WHERE id = :id
   AND coalesce(last_used_at NOT BETWEEN now() - :used_every::interval AND now(), true);
