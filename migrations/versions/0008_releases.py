"""Releases: named revisions, with what their files were when they were frozen."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TEXT = 'text COLLATE "C"'

RELEASE = rf"""
CREATE TABLE release (
  name {TEXT} PRIMARY KEY
    CHECK (name ~ '^[0-9]{{4}}\.[0-9]{{2}}(\.[0-9]+)?$' AND length(name) <= 20),
  revision bigint NOT NULL REFERENCES revision (id),
  released_at timestamptz NOT NULL DEFAULT now(),
  comment {TEXT} NOT NULL,
  actor {TEXT} NOT NULL,
  files jsonb NOT NULL
)"""


def upgrade() -> None:
    op.execute(RELEASE)


def downgrade() -> None:
    op.execute("DROP TABLE release")
