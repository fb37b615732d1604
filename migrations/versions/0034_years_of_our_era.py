"""No date lies before the year 1, whoever writes it: drivers cannot read one that does.

`-044` was taken for a year, since it is as long as one.
"""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

EARLIEST = r"""
CREATE OR REPLACE FUNCTION edtf_min(value text) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE part text := CASE WHEN value LIKE '[%' THEN split_part(substr(value, 2), '..', 1)
                          ELSE value END;
BEGIN
  IF part = '' THEN RETURN NULL; END IF;{era}
  RETURN make_date(substr(part, 1, 4)::int,
                   coalesce(nullif(substr(part, 6, 2), ''), '1')::int,
                   coalesce(nullif(substr(part, 9, 2), ''), '1')::int);
END $$
"""
LATEST = r"""
CREATE OR REPLACE FUNCTION edtf_max(value text) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE part text := CASE WHEN value LIKE '[%' THEN rtrim(split_part(value, '..', 2), ']')
                          ELSE value END;
BEGIN{era}
  RETURN CASE length(part)
    WHEN 4 THEN make_date(part::int, 12, 31)
    WHEN 7 THEN (make_date(substr(part, 1, 4)::int, substr(part, 6, 2)::int, 1)
                 + interval '1 month' - interval '1 day')::date
    ELSE make_date(substr(part, 1, 4)::int, substr(part, 6, 2)::int, substr(part, 9, 2)::int)
  END;
END $$
"""
ERA = r"""
  IF part !~ '^[0-9]{4}(-[0-9]{2}){0,2}$' THEN
    RAISE EXCEPTION 'no date: %', value USING ERRCODE = 'datetime_field_overflow';
  END IF;"""


def upgrade() -> None:
    for function in (EARLIEST, LATEST):
        op.execute(function.replace("{era}", ERA))


def downgrade() -> None:
    for function in (EARLIEST, LATEST):
        op.execute(function.replace("{era}", ""))
