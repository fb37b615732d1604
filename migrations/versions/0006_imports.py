"""Imports over HTTP: what was asked, how far it got, and what became of each row."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXT = 'text COLLATE "C"'

IMPORT_JOB = f"""
CREATE TABLE import_job (
  id {TEXT} PRIMARY KEY,
  status {TEXT} NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed')),
  stage {TEXT} NOT NULL DEFAULT '',
  rows_read int NOT NULL DEFAULT 0 CHECK (rows_read >= 0),
  mode {TEXT} NOT NULL CHECK (mode IN ('upsert', 'create')),
  on_error {TEXT} NOT NULL CHECK (on_error IN ('abort', 'skip')),
  kind {TEXT},
  dry_run boolean NOT NULL,
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  actor {TEXT} NOT NULL,
  comment {TEXT} NOT NULL,
  body bytea,
  claims int NOT NULL DEFAULT 0 CHECK (claims >= 0),
  leased_until timestamptz,
  rows int,
  created int,
  updated int,
  unchanged int,
  failed int,
  revision bigint REFERENCES revision (id),
  would_be_revision bigint,
  reverted_in bigint REFERENCES revision (id),
  error_code {TEXT},
  error_detail {TEXT},
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,
  CONSTRAINT import_job_lease_check CHECK (status <> 'running' OR leased_until IS NOT NULL),
  CONSTRAINT import_job_end_check
    CHECK ((status IN ('done', 'failed')) = (ended_at IS NOT NULL)),
  CONSTRAINT import_job_body_check CHECK ((ended_at IS NULL) = (body IS NOT NULL))
)"""

IMPORT_ROW = f"""
CREATE TABLE import_row (
  import_id {TEXT} NOT NULL REFERENCES import_job (id) ON DELETE CASCADE,
  line int NOT NULL CHECK (line > 0),
  outcome {TEXT} NOT NULL CHECK (outcome IN ('created', 'updated', 'unchanged', 'failed')),
  kind {TEXT},
  record_id {TEXT},
  errors json,
  PRIMARY KEY (import_id, line),
  CONSTRAINT import_row_errors_check CHECK ((outcome = 'failed') = (errors IS NOT NULL))
)"""


def upgrade() -> None:
    op.execute(IMPORT_JOB)
    op.execute(
        "CREATE INDEX import_job_due ON import_job (id) WHERE status IN ('queued', 'running')"
    )
    op.execute(IMPORT_ROW)
    op.execute(
        "CREATE INDEX import_row_outcome ON import_row (import_id, outcome, line)"
        " WHERE outcome <> 'unchanged'"
    )


def downgrade() -> None:
    op.execute("DROP TABLE import_row")
    op.execute("DROP TABLE import_job")
