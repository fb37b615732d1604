-- What only the service itself knows.

-- name: exists
SELECT to_regclass('secret') IS NOT NULL;

-- name: get
SELECT value
  FROM secret
 WHERE name = :name;

-- name: every
SELECT name, value
  FROM secret
 ORDER BY name;

-- name: put
UPDATE secret
   SET value = :value
 WHERE name = :name
   AND value = :before;

-- name: webhooks
SELECT id, convert_to(secret, 'UTF8') AS secret, convert_to(old_secret, 'UTF8') AS old_secret
  FROM webhook
 ORDER BY id;

-- name: put_webhook
UPDATE webhook
   SET secret = :secret, old_secret = :old_secret
 WHERE id = :id
   AND secret = :before;
