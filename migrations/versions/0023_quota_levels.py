"""The ledger of quotas: one number a caller and policy instead of two windows."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TEXT = 'text COLLATE "C"'

# Moments in seconds since 1970. Unlogged: a settling waits for no disk, and a crash gives every
# caller all of their quota. The fill factor keeps a row's next version on its page, so no index is
# written either.
QUOTA = f"""
CREATE UNLOGGED TABLE quota (
  caller {TEXT} PRIMARY KEY,
  burst double precision NOT NULL,
  hour double precision NOT NULL
) WITH (fillfactor = 50)"""

WINDOWS = f"""
CREATE UNLOGGED TABLE quota (
  caller {TEXT} PRIMARY KEY,
  burst_used bigint NOT NULL CHECK (burst_used >= 0),
  burst_began timestamptz NOT NULL,
  hour_used bigint NOT NULL CHECK (hour_used >= 0),
  hour_began timestamptz NOT NULL
) WITH (fillfactor = 50)"""


def upgrade() -> None:
    op.execute("DROP TABLE quota")
    op.execute(QUOTA)


def downgrade() -> None:
    op.execute("DROP TABLE quota")
    op.execute(WINDOWS)
