-- The ledger of quotas: of each caller the moments at which each policy's quota is all there again,
-- in seconds since 1970 by this server's clock. None lies more than its window ahead, unless the clock
-- was set back since: then it counts as one whose quota is used up now.

-- name: settle
-- Adds what a worker has let pass (see `Spending`); no row, and nothing written, where that is too
-- much.
INSERT INTO quota AS q (caller, burst, hour)
VALUES (:caller,
        :burst_reached + extract(epoch FROM now())::float8,
        :hour_reached + extract(epoch FROM now())::float8)
    ON CONFLICT (caller) DO UPDATE
   SET burst = greatest(least(q.burst, extract(epoch FROM now())::float8 + 1) + :burst_passed, EXCLUDED.burst),
       hour = greatest(least(q.hour, extract(epoch FROM now())::float8 + 3600) + :hour_passed, EXCLUDED.hour)
 WHERE greatest(least(q.burst, extract(epoch FROM now())::float8 + 1) + :burst_passed, EXCLUDED.burst)
       <= extract(epoch FROM now())::float8 + :burst_most
   AND greatest(least(q.hour, extract(epoch FROM now())::float8 + 3600) + :hour_passed, EXCLUDED.hour)
       <= extract(epoch FROM now())::float8 + :hour_most
RETURNING caller,
          burst - extract(epoch FROM now())::float8 AS burst,
          hour - extract(epoch FROM now())::float8 AS hour;

-- name: purge
-- Whose quota has been whole for a while.
DELETE FROM quota
 WHERE caller IN (
       SELECT caller
         FROM quota
        WHERE greatest(burst, hour) < extract(epoch FROM now())::float8 - :kept_seconds
        LIMIT :rows);
