-- Imports as they were asked for, and what became of each of their rows.

-- name: enqueue
INSERT INTO import_job
  (id, status, mode, on_error, kind, dry_run, sha256, actor, comment, may_curate, body)
VALUES
  (:id, 'queued', :mode, :on_error, :kind, :dry_run, :sha256, :actor, :comment, :may_curate,
   :body)
RETURNING id, status, stage, rows_read, mode, on_error, kind, dry_run, sha256, actor, comment,
          may_curate, rows, created, updated, unchanged, failed, revision, would_be_revision,
          reverted_in, error_code, error_detail, warnings, created_at, ended_at;

-- name: record
INSERT INTO import_job
  (id, mode, on_error, kind, dry_run, sha256, actor, comment, may_curate, status, rows, created,
   updated, unchanged, failed, revision, would_be_revision, error_code, error_detail, warnings,
   rows_read, ended_at)
VALUES
  (:id, :mode, :on_error, :kind, :dry_run, :sha256, :actor, :comment, :may_curate, :status,
   :rows, :created, :updated, :unchanged, :failed, :revision, :would_be_revision, :error_code,
   :error_detail, :warnings, :rows, clock_timestamp())
RETURNING id, status, stage, rows_read, mode, on_error, kind, dry_run, sha256, actor, comment,
          may_curate, rows, created, updated, unchanged, failed, revision, would_be_revision,
          reverted_in, error_code, error_detail, warnings, created_at, ended_at;

-- name: claim
-- The oldest that waits, or whose worker has not been heard of for a lease.
UPDATE import_job j
   SET status = 'running',
       claims = claims + 1,
       stage = 'reading',
       rows_read = 0,
       leased_until = now() + :lease
  FROM (SELECT id
          FROM import_job
         WHERE status = 'queued'
            OR (status = 'running' AND leased_until < now())
         ORDER BY id
         LIMIT 1
           FOR UPDATE SKIP LOCKED) due
 WHERE j.id = due.id
RETURNING j.id, claims, mode, on_error, kind, dry_run, sha256, actor, comment, may_curate, body;

-- name: beat
UPDATE import_job
   SET leased_until = now() + :lease, rows_read = :rows_read, stage = :stage
 WHERE id = :id
   AND claims = :claim
   AND status = 'running';

-- name: release
UPDATE import_job
   SET status = 'queued', stage = '', rows_read = 0
 WHERE id = :id
   AND claims = :claim
   AND status = 'running';

-- name: finish
UPDATE import_job
   SET status = :status,
       rows = :rows,
       created = :created,
       updated = :updated,
       unchanged = :unchanged,
       failed = :failed,
       revision = :revision,
       would_be_revision = :would_be_revision,
       error_code = :error_code,
       error_detail = :error_detail,
       warnings = :warnings,
       rows_read = :rows,
       stage = '',
       body = NULL,
       ended_at = clock_timestamp()
 WHERE id = :id
   AND claims = :claim
   AND status = 'running';

-- name: get
SELECT id, status, stage, rows_read, mode, on_error, kind, dry_run, sha256, actor, comment,
       may_curate, rows, created, updated, unchanged, failed, revision, would_be_revision,
       reverted_in, error_code, error_detail, warnings, created_at, ended_at
  FROM import_job
 WHERE id = :id;

-- name: lock
SELECT id, status, stage, rows_read, mode, on_error, kind, dry_run, sha256, actor, comment,
       may_curate, rows, created, updated, unchanged, failed, revision, would_be_revision,
       reverted_in, error_code, error_detail, warnings, created_at, ended_at
  FROM import_job
 WHERE id = :id
   FOR UPDATE;

-- name: page
SELECT id, status, stage, rows_read, mode, on_error, kind, dry_run, sha256, actor, comment,
       may_curate, rows, created, updated, unchanged, failed, revision, would_be_revision,
       reverted_in, error_code, error_detail, warnings, created_at, ended_at
  FROM import_job
 WHERE :before::text IS NULL OR id < :before
 ORDER BY id DESC
 LIMIT :limit;

-- name: rows
SELECT line, outcome, kind, record_id AS id, errors
  FROM import_row
 WHERE import_id = :id
   AND line > :after
   AND (:outcome::text IS NULL OR outcome = :outcome)
 ORDER BY line
 LIMIT :limit;

-- name: of_revision
SELECT id
  FROM import_job
 WHERE revision = :revision;

-- name: mark_reverted
UPDATE import_job
   SET reverted_in = :revision
 WHERE id = :id;

-- name: prune_parts
-- Parts of files that have not been written for long.
DELETE FROM import_part
 WHERE noted_at < now() - make_interval(days => :days);

-- name: prune
-- Rows of imports that ended long ago; the imports themselves stay.
DELETE FROM import_row r
 USING import_job j
 WHERE j.id = r.import_id
   AND j.ended_at < now() - make_interval(days => :days);
