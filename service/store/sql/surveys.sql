-- What a survey is held against: what is on record of the product and the features looked for.

-- name: on_record
-- Adoptions that count, by feature and first day.
SELECT id, feature_id, date, date_min, date_max, until, until_min, until_max
  FROM adoption
 WHERE product_id = :product_id
   AND feature_id = ANY (:feature_ids::text[])
   AND stage IN ('preview', 'ga')
   AND dispute IS DISTINCT FROM 'other'
   AND (evidence <> 'unsourced' OR :unsourced)
 ORDER BY feature_id, date_max, id;

-- name: scoped_elsewhere
-- Features that name their markets, and not this one.
SELECT id
  FROM feature
 WHERE NOT :market_id = ANY (market_ids);
