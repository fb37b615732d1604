"""Writing: what became of retired ids, and answers kept for repeated requests."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXT = 'text COLLATE "C"'

TOMBSTONE = f"""
CREATE TABLE tombstone (
  kind {TEXT} NOT NULL,
  id {TEXT} NOT NULL,
  retired_in bigint NOT NULL REFERENCES revision (id),
  replaced_by {TEXT},
  is_merge boolean NOT NULL DEFAULT false,
  PRIMARY KEY (kind, id),
  CONSTRAINT tombstone_merge_check CHECK (NOT is_merge OR replaced_by IS NOT NULL),
  CONSTRAINT tombstone_replaced_by_check CHECK (replaced_by <> id)
)"""

IDEMPOTENCY = f"""
CREATE TABLE idempotency (
  principal {TEXT} NOT NULL,
  route {TEXT} NOT NULL,
  key {TEXT} NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  request_hash bytea NOT NULL CHECK (length(request_hash) = 32),
  status int,
  headers jsonb,
  body bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (principal, route, key)
)"""


def upgrade() -> None:
    op.execute(TOMBSTONE)
    op.execute("CREATE INDEX tombstone_replaced_by ON tombstone (kind, replaced_by)")
    op.execute(IDEMPOTENCY)
    op.execute("CREATE INDEX idempotency_created_at ON idempotency (created_at)")


def downgrade() -> None:
    op.execute("DROP TABLE idempotency")
    op.execute("DROP TABLE tombstone")
