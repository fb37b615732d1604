-- What only the service itself knows.

-- name: exists
SELECT to_regclass('secret') IS NOT NULL;

-- name: get
SELECT value
  FROM secret
 WHERE name = :name;
