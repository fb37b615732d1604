"""A correction may propose a record that is not there yet: it has none until it is accepted."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE correction ALTER COLUMN record_id DROP NOT NULL")
    op.execute("ALTER TABLE correction DROP CONSTRAINT correction_field_check")
    op.execute(
        "ALTER TABLE correction ADD CONSTRAINT correction_record_check"
        " CHECK (record_id IS NOT NULL OR proposed IS NOT NULL)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE correction DROP CONSTRAINT correction_record_check")
    op.execute("DELETE FROM correction WHERE field IS NULL AND proposed IS NOT NULL")
    op.execute(
        "ALTER TABLE correction ADD CONSTRAINT correction_field_check"
        " CHECK (proposed IS NULL OR field IS NOT NULL)"
    )
    op.execute("ALTER TABLE correction ALTER COLUMN record_id SET NOT NULL")
