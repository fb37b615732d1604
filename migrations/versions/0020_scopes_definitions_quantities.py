"""Scopes of features, definitions by language, quantities of investments, fractions in usage."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TEXT = 'text COLLATE "C"'
DEFINED = ("market", "feature", "business_model")
CHANGED = (*DEFINED, "investment", "usage")
KEY = ("vendor_id", "type", "date", "amount", "currency")


def upgrade() -> None:
    for table in DEFINED:
        op.execute(f"ALTER TABLE {table} ADD COLUMN definitions jsonb NOT NULL DEFAULT '{{}}'")
        op.execute(
            f"ALTER TABLE {table}_history ADD COLUMN definitions jsonb"
            f" CONSTRAINT {table}_definitions_not_null NOT NULL DEFAULT '{{}}'"
        )
        op.execute(f"ALTER TABLE {table}_history ALTER COLUMN definitions DROP DEFAULT")
    op.execute(
        "ALTER TABLE feature ADD COLUMN market_ids text[] COLLATE \"C\" CHECK (market_ids <> '{}')"
    )
    op.execute("ALTER TABLE investment ADD COLUMN quantity numeric CHECK (quantity >= 0)")
    op.execute(f"ALTER TABLE investment ADD COLUMN unit {TEXT}")
    _key_investments(*KEY, "quantity", "unit")
    _value_of_usage("numeric")
    _made_anew()


def downgrade() -> None:
    for table in CHANGED:
        op.execute(f"DROP FUNCTION {table}_at(bigint)")
    op.execute("DROP TABLE feature_market")
    for event in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER feature_market_{event} ON feature")
    op.execute("ALTER TABLE feature DROP COLUMN market_ids")
    for table in DEFINED:
        op.execute(f"ALTER TABLE {table} DROP COLUMN definitions")
    _one_of_each_key()
    _key_investments(*KEY)
    op.execute("ALTER TABLE investment DROP COLUMN quantity, DROP COLUMN unit")
    _value_of_usage("bigint")
    _made_anew()


def _one_of_each_key() -> None:
    """Of investments that quantities alone told apart the first stays; the rest is the past's, by a
    revision."""
    same = " AND ".join(f"other.{column} IS NOT DISTINCT FROM i.{column}" for column in KEY)
    later = f"FROM investment i JOIN investment other ON {same} AND other.id < i.id"
    op.execute(
        "SELECT begin_revision('migration', 'Investments that quantities alone told apart')"
        f" WHERE EXISTS (SELECT {later})"
    )
    op.execute(f"DELETE FROM investment WHERE id IN (SELECT i.id {later})")


def _key_investments(*columns: str) -> None:
    op.execute("ALTER TABLE investment DROP CONSTRAINT investment_natural_key")
    op.execute(
        "ALTER TABLE investment ADD CONSTRAINT investment_natural_key"
        f" UNIQUE NULLS NOT DISTINCT ({', '.join(columns)})"
    )


def _value_of_usage(kind: str) -> None:
    for table in ("usage", "usage_history"):
        op.execute(f"ALTER TABLE {table} ALTER COLUMN value TYPE {kind}")


def _made_anew() -> None:
    for table in CHANGED:
        op.execute(f"SELECT make_revisioned('{table}')")
