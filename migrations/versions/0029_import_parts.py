"""Parts of imported files, to be recognised when they come again."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE import_part (
          digest bytea PRIMARY KEY,
          kinds text[] COLLATE "C" NOT NULL,
          ids text[] COLLATE "C" NOT NULL CHECK (cardinality(ids) = cardinality(kinds)),
          revision bigint NOT NULL,
          noted_at timestamptz NOT NULL DEFAULT now()
        )""")
    op.execute("CREATE INDEX import_part_revision ON import_part (revision)")


def downgrade() -> None:
    op.execute("DROP TABLE import_part")
