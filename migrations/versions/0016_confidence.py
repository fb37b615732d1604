"""How sure a curator is of a fact, and when a source was last looked at."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FACTS = ("adoption", "survey", "monetization", "investment", "usage", "offering")
TEXT = 'text COLLATE "C"'


def upgrade() -> None:
    for table in FACTS:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN confidence {TEXT}"
            f" CONSTRAINT {table}_confidence_check CHECK (confidence IN ('high', 'medium', 'low'))"
        )
        op.execute(f"SELECT make_revisioned('{table}')")
    op.execute(
        f"ALTER TABLE source ADD COLUMN last_checked {TEXT},"
        " ADD COLUMN last_checked_min date GENERATED ALWAYS AS (edtf_min(last_checked)) STORED,"
        " ADD COLUMN last_checked_max date GENERATED ALWAYS AS (edtf_max(last_checked)) STORED"
    )
    op.execute("SELECT make_revisioned('source')")


def downgrade() -> None:
    for table in (*FACTS, "source"):
        op.execute(f"DROP FUNCTION {table}_at(bigint)")
    op.execute("ALTER TABLE source DROP COLUMN last_checked_min, DROP COLUMN last_checked_max")
    op.execute("ALTER TABLE source DROP COLUMN last_checked")
    for table in FACTS:
        op.execute(f"ALTER TABLE {table} DROP COLUMN confidence")
    for table in (*FACTS, "source"):
        op.execute(f"SELECT make_revisioned('{table}')")
