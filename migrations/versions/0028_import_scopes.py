"""An import that waits remembers whether whoever sent it may decide disputes."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE import_job ADD may_curate boolean NOT NULL DEFAULT false")


def downgrade() -> None:
    op.execute("ALTER TABLE import_job DROP may_curate")
