"""Following the base: indexes of the change feed, webhooks and their deliveries."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    "source", "market", "vendor", "product", "feature", "business_model", "adoption", "survey",
    "monetization", "investment", "usage", "offering",
)  # fmt: skip
TEXT = 'text COLLATE "C"'
TEXTS = 'text[] COLLATE "C"'

WEBHOOK = f"""
CREATE TABLE webhook (
  id {TEXT} PRIMARY KEY,
  url {TEXT} NOT NULL CHECK (length(url) <= 2000),
  types {TEXTS} NOT NULL CHECK (types <> '{{}}'),
  filter jsonb NOT NULL,
  metric jsonb,
  status {TEXT} NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'off')),
  status_reason {TEXT},
  failures int NOT NULL DEFAULT 0 CHECK (failures >= 0),
  secret {TEXT} NOT NULL,
  old_secret {TEXT},
  old_secret_until timestamptz,
  place_revision bigint NOT NULL REFERENCES revision (id),
  place_kind {TEXT} NOT NULL,
  place_id {TEXT} NOT NULL,
  metric_value double precision,
  metric_value_revision bigint,
  metric_checked_revision bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
)"""

DELIVERY = f"""
CREATE TABLE webhook_delivery (
  id {TEXT} PRIMARY KEY,
  webhook_id {TEXT} NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
  event_id {TEXT} NOT NULL,
  type {TEXT} NOT NULL,
  body bytea NOT NULL CHECK (length(body) <= 2048),
  status {TEXT} NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'failed')),
  attempts int NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_at timestamptz NOT NULL,
  last_at timestamptz,
  last_status int,
  last_error {TEXT},
  answer bytea CHECK (length(answer) <= 65536),
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT webhook_delivery_event_key UNIQUE (webhook_id, event_id)
)"""


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"CREATE INDEX {table}_revision ON {table} (revision, id)")
        op.execute(f"CREATE INDEX {table}_history_begun ON {table}_history (revision, id)")
        op.execute(f"CREATE INDEX {table}_history_ended ON {table}_history (replaced_in, id)")
    op.execute(WEBHOOK)
    op.execute(DELIVERY)
    op.execute(
        "CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, next_at)"
        " WHERE status = 'pending'"
    )
    op.execute("CREATE INDEX webhook_delivery_created ON webhook_delivery (created_at)")


def downgrade() -> None:
    op.execute("DROP TABLE webhook_delivery")
    op.execute("DROP TABLE webhook")
    for table in TABLES:
        op.execute(f"DROP INDEX {table}_history_ended")
        op.execute(f"DROP INDEX {table}_history_begun")
        op.execute(f"DROP INDEX {table}_revision")
