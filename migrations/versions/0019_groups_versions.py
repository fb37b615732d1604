"""Groups of vendors, and the dated versions of products."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TEXT = 'text COLLATE "C"'
LIST = 'text[] COLLATE "C" NOT NULL'
EDTF = r"""'^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'"""
EVIDENCE = f"evidence {TEXT} NOT NULL CHECK (evidence IN ('sourced', 'unsourced', 'unstated'))"

VENDOR_GROUP = f"""
CREATE TABLE vendor_group (
  id {TEXT} PRIMARY KEY CHECK (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(id) <= 64),
  names jsonb NOT NULL DEFAULT '{{}}',
  aliases {LIST} DEFAULT '{{}}',
  external_ids {LIST} DEFAULT '{{}}',
  vendor_ids {LIST} CHECK (vendor_ids <> '{{}}'),
  source_ids {LIST} DEFAULT '{{}}',
  note {TEXT},
  {EVIDENCE}
)"""
VERSION = f"""
CREATE TABLE version (
  id {TEXT} PRIMARY KEY,
  product_id {TEXT} NOT NULL REFERENCES product (id),
  name {TEXT} NOT NULL,
  date {TEXT} CHECK (date ~ {EDTF}),
  date_min date GENERATED ALWAYS AS (edtf_min(date)) STORED CHECK (date_min >= '1000-01-01'),
  date_max date GENERATED ALWAYS AS (edtf_max(date)) STORED
    CHECK (date_max <= '9998-12-31' AND date_min <= date_max),
  source_ids {LIST} DEFAULT '{{}}',
  note {TEXT},
  {EVIDENCE},
  confidence {TEXT} CHECK (confidence IN ('high', 'medium', 'low')),
  dispute {TEXT} CHECK (dispute IN ('preferred', 'other')),
  CONSTRAINT version_source_check
    CHECK (evidence = 'unsourced' OR evidence = 'sourced' AND source_ids <> '{{}}'),
  CONSTRAINT version_natural_key UNIQUE NULLS NOT DISTINCT (product_id, name, date)
)"""


def upgrade() -> None:
    op.execute(VENDOR_GROUP)
    op.execute("SELECT make_revisioned('vendor_group')")
    op.execute("CREATE INDEX vendor_group_external_ids ON vendor_group USING gin (external_ids)")
    op.execute(VERSION)
    op.execute("SELECT make_revisioned('version')")
    op.execute("SELECT index_date('version', 'date')")
    op.execute("CREATE INDEX version_dispute ON version (id) WHERE dispute IS NOT NULL")


def downgrade() -> None:
    op.execute("SELECT drop_revisioned('version')")
    op.execute("SELECT drop_revisioned('vendor_group')")
