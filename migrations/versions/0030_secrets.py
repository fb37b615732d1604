"""What only the service itself knows: the key that signs cursors; and who sent a correction."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
CREATE TABLE secret (
  name text COLLATE "C" PRIMARY KEY,
  value bytea NOT NULL CHECK (length(value) >= 32)
)""")
    op.execute("""
INSERT INTO secret
VALUES ('cursors', sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))""")
    op.execute("""ALTER TABLE correction ADD sender text COLLATE "C" NOT NULL DEFAULT ''""")


def downgrade() -> None:
    op.execute("ALTER TABLE correction DROP sender")
    op.execute("DROP TABLE secret")
