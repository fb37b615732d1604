"""What failed is kept as a sentence: whoever reads it is told in their language.

What was kept in English words stays as it is.
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

COLUMNS = (("import_job", "error_detail"), ("webhook", "status_reason"))


def upgrade() -> None:
    for table, column in COLUMNS:
        op.execute(f"ALTER TABLE {table} ALTER {column} TYPE jsonb USING to_jsonb({column})")


def downgrade() -> None:
    for table, column in COLUMNS:
        words = f"{column} #>> '{{}}'"
        op.execute(f"""ALTER TABLE {table} ALTER {column} TYPE text COLLATE "C" USING {words}""")
