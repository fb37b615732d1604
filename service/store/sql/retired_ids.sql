-- What became of ids that no record has any more: a tombstone for each. One that was lifted tells
-- what was, up to the revision that lifted it.

-- name: get
SELECT t.id, t.retired_in, r.comment AS reason, t.replaced_by, t.is_merge
  FROM tombstone t
  JOIN revision r ON r.id = t.retired_in
 WHERE t.kind = :kind
   AND t.id = :id
   AND t.lifted_in IS NULL;

-- name: put
INSERT INTO tombstone (kind, id, retired_in, replaced_by, is_merge)
SELECT :kind, retired, :revision, survivor, :is_merge
  FROM unnest(:ids::text[], :survivors::text[]) AS pair (retired, survivor)
ON CONFLICT (kind, id, retired_in) DO UPDATE
   SET replaced_by = excluded.replaced_by,
       is_merge = excluded.is_merge;

-- name: lift
UPDATE tombstone
   SET lifted_in = :revision
 WHERE kind = :kind
   AND id = :id
   AND lifted_in IS NULL;

-- name: lift_all
-- Those that a revision set.
UPDATE tombstone
   SET lifted_in = :revision
 WHERE retired_in = :reverted
   AND lifted_in IS NULL;

-- name: set_again
-- Those that a revision lifted.
INSERT INTO tombstone (kind, id, retired_in, replaced_by, is_merge)
SELECT kind, id, :revision, replaced_by, is_merge
  FROM tombstone
 WHERE lifted_in = :reverted;

-- name: all_retired
SELECT id
  FROM tombstone
 WHERE kind = :kind
   AND NOT is_merge
   AND retired_in <= :revision
   AND (lifted_in IS NULL OR lifted_in > :revision);

-- name: survivors
-- To the end of each chain.
WITH RECURSIVE step AS (
  SELECT id, replaced_by
    FROM tombstone
   WHERE kind = :kind
     AND is_merge
     AND (lifted_in IS NULL OR lifted_in > :revision)
     AND (:revision::bigint IS NULL OR retired_in <= :revision)
), led (id, replaced_by, depth) AS (
  SELECT id, replaced_by, 1
    FROM step
   WHERE :ids::text[] IS NULL OR id = ANY (:ids::text[])
   UNION ALL
  SELECT led.id, step.replaced_by, depth + 1
    FROM led
    JOIN step ON step.id = led.replaced_by
)
SELECT DISTINCT ON (id) id, replaced_by
  FROM led
 ORDER BY id, depth DESC;
