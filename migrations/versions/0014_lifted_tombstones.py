"""A tombstone that no longer stands is kept, with the revision that lifted it.

History and feed go on to say what the revision did that was taken back, and old ids lead in the
past as they did then.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE tombstone ADD COLUMN lifted_in bigint REFERENCES revision (id)")
    op.execute("ALTER TABLE tombstone DROP CONSTRAINT tombstone_pkey")
    op.execute("ALTER TABLE tombstone ADD PRIMARY KEY (kind, id, retired_in)")
    op.execute(
        "CREATE UNIQUE INDEX tombstone_standing ON tombstone (kind, id) WHERE lifted_in IS NULL"
    )


def downgrade() -> None:
    op.execute("DELETE FROM tombstone WHERE lifted_in IS NOT NULL")
    op.execute("DROP INDEX tombstone_standing")
    op.execute("ALTER TABLE tombstone DROP CONSTRAINT tombstone_pkey")
    op.execute("ALTER TABLE tombstone ADD PRIMARY KEY (kind, id)")
    op.execute("ALTER TABLE tombstone DROP COLUMN lifted_in")
