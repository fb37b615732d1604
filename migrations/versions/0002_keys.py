"""Keys of callers and the counters of their quotas; neither is a fact, neither has a revision."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT = 'text COLLATE "C"'
TEXTS = 'text[] COLLATE "C"'

API_KEY = f"""
CREATE TABLE api_key (
  id {TEXT} PRIMARY KEY CHECK (id ~ '^key_[0-9a-z]{{26}}$'),
  name {TEXT} NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  scopes {TEXTS} NOT NULL CHECK (
    scopes <> '{{}}' AND scopes <@ ARRAY['read', 'write', 'curate', 'admin']),
  secret_hash bytea NOT NULL CHECK (length(secret_hash) = 32),
  previous_hash bytea CHECK (length(previous_hash) = 32),
  previous_expires_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  retired_at timestamptz,
  CONSTRAINT api_key_previous_check
    CHECK ((previous_hash IS NULL) = (previous_expires_at IS NULL))
)"""

# Unlogged: an increment waits for no disk, and a crash gives every caller a fresh window.
# The fill factor keeps a row's next version on its page, so no index is written either.
QUOTA = f"""
CREATE UNLOGGED TABLE quota (
  caller {TEXT} PRIMARY KEY,
  burst_used bigint NOT NULL CHECK (burst_used >= 0),
  burst_began timestamptz NOT NULL,
  hour_used bigint NOT NULL CHECK (hour_used >= 0),
  hour_began timestamptz NOT NULL
) WITH (fillfactor = 50)"""


def upgrade() -> None:
    op.execute(API_KEY)
    op.execute(QUOTA)


def downgrade() -> None:
    op.execute("DROP TABLE quota")
    op.execute("DROP TABLE api_key")
