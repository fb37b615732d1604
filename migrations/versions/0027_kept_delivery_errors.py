"""Why a delivery failed is kept as a sentence too; what was kept in English words stays so."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

COLUMN = "ALTER TABLE webhook_delivery ALTER last_error TYPE"


def upgrade() -> None:
    op.execute(f"{COLUMN} jsonb USING to_jsonb(last_error)")


def downgrade() -> None:
    op.execute(f"""{COLUMN} text COLLATE "C" USING last_error #>> '{{}}'""")
