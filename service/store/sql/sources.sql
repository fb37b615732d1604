-- Pages and documents that facts stand on.

-- name: urls
SELECT id, url
  FROM source
 WHERE id = ANY (:ids::text[]);
