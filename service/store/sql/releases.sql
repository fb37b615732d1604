-- A release is a revision with a name.

-- name: every
SELECT name, revision, released_at, comment, actor, files
  FROM release
 ORDER BY released_at DESC, name DESC;

-- name: numbers
SELECT name, revision
  FROM release;

-- name: get
SELECT name, revision, released_at, comment, actor, files
  FROM release
 WHERE name = :name;

-- name: insert
INSERT INTO release (name, revision, released_at, comment, actor, files)
VALUES (:name, :revision, coalesce(:released_at::timestamptz, now()), :comment, :actor, :files)
ON CONFLICT (name) DO NOTHING
RETURNING name, revision, released_at, comment, actor, files;
