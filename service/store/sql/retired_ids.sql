-- What became of ids that no record has any more: a tombstone for each.

-- name: get
SELECT t.id, t.retired_in, r.comment AS reason, t.replaced_by, t.is_merge
  FROM tombstone t
  JOIN revision r ON r.id = t.retired_in
 WHERE t.kind = :kind
   AND t.id = :id;

-- name: put
INSERT INTO tombstone (kind, id, retired_in, replaced_by, is_merge)
SELECT :kind, retired, :revision, survivor, :is_merge
  FROM unnest(:ids::text[], :survivors::text[]) AS pair (retired, survivor)
ON CONFLICT (kind, id) DO UPDATE
   SET retired_in = excluded.retired_in,
       replaced_by = excluded.replaced_by,
       is_merge = excluded.is_merge;

-- name: lift
DELETE FROM tombstone
 WHERE kind = :kind
   AND id = :id;

-- name: all_retired
SELECT id
  FROM tombstone
 WHERE kind = :kind
   AND NOT is_merge
   AND retired_in <= :revision;

-- name: survivors
-- To the end of each chain.
WITH RECURSIVE step AS (
  SELECT id, replaced_by
    FROM tombstone
   WHERE kind = :kind
     AND is_merge
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
