"""Who listens is told of each commit of a revision, and of each change of a key."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TRIGGERS = {
    "dataset": "AFTER UPDATE OF revision ON dataset",
    "api_key": (
        "AFTER INSERT OR DELETE OR UPDATE OF name, scopes, secret_hash, previous_hash,"
        " previous_expires_at, expires_at, retired_at ON api_key"
    ),
}


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_notify('parity_' || TG_TABLE_NAME, '');
          RETURN NULL;
        END $$
        """
    )
    for table, event in TRIGGERS.items():
        op.execute(
            f"CREATE TRIGGER {table}_tell_change {event}"
            " FOR EACH STATEMENT EXECUTE FUNCTION tell_change()"
        )


def downgrade() -> None:
    for table in TRIGGERS:
        op.execute(f"DROP TRIGGER {table}_tell_change ON {table}")
    op.execute("DROP FUNCTION tell_change()")
