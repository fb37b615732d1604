"""Webhooks belong to the key that made them."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute('ALTER TABLE webhook ADD COLUMN owner text COLLATE "C" REFERENCES api_key (id)')
    op.execute("CREATE INDEX webhook_owner ON webhook (owner)")


def downgrade() -> None:
    op.execute("ALTER TABLE webhook DROP COLUMN owner")
