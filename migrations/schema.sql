SELECT pg_catalog.set_config('search_path', '', false);

CREATE FUNCTION public.add_bookkeeping(name text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I'
    ' ADD COLUMN IF NOT EXISTS revision bigint NOT NULL,'
    ' ADD COLUMN IF NOT EXISTS recorded_at timestamptz NOT NULL,'
    ' ADD COLUMN IF NOT EXISTS updated_at timestamptz NOT NULL', name);
  EXECUTE format('ALTER TABLE %I'
    ' ALTER COLUMN revision SET DEFAULT current_revision(),'
    ' ALTER COLUMN recorded_at SET DEFAULT revision_instant(),'
    ' ALTER COLUMN updated_at SET DEFAULT revision_instant()', name);
END $$;

CREATE FUNCTION public.current_revision() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  -- Fails outside a write transaction: nothing is written without a revision.
  SELECT current_setting('parity.revision')::bigint
$$;

CREATE FUNCTION public.edtf_max(value text) RETURNS date
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$
DECLARE part text := CASE WHEN value LIKE '[%' THEN rtrim(split_part(value, '..', 2), ']')
                          ELSE value END;
BEGIN
  IF part !~ '^[0-9]{4}(-[0-9]{2}){0,2}$' THEN
    RAISE EXCEPTION 'no date: %', value USING ERRCODE = 'datetime_field_overflow';
  END IF;
  RETURN CASE length(part)
    WHEN 4 THEN make_date(part::int, 12, 31)
    WHEN 7 THEN (make_date(substr(part, 1, 4)::int, substr(part, 6, 2)::int, 1)
                 + interval '1 month' - interval '1 day')::date
    ELSE make_date(substr(part, 1, 4)::int, substr(part, 6, 2)::int, substr(part, 9, 2)::int)
  END;
END $_$;

CREATE FUNCTION public.edtf_min(value text) RETURNS date
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$
DECLARE part text := CASE WHEN value LIKE '[%' THEN split_part(substr(value, 2), '..', 1)
                          ELSE value END;
BEGIN
  IF part = '' THEN RETURN NULL; END IF;
  IF part !~ '^[0-9]{4}(-[0-9]{2}){0,2}$' THEN
    RAISE EXCEPTION 'no date: %', value USING ERRCODE = 'datetime_field_overflow';
  END IF;
  RETURN make_date(substr(part, 1, 4)::int,
                   coalesce(nullif(substr(part, 6, 2), ''), '1')::int,
                   coalesce(nullif(substr(part, 9, 2), ''), '1')::int);
END $_$;

CREATE FUNCTION public.revision_instant() RETURNS timestamp with time zone
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT current_setting('parity.instant')::timestamptz
$$;

CREATE TABLE public.adoption (
    id text NOT NULL COLLATE pg_catalog."C",
    product_id text NOT NULL COLLATE pg_catalog."C",
    feature_id text NOT NULL COLLATE pg_catalog."C",
    stage text NOT NULL COLLATE pg_catalog."C",
    date text COLLATE pg_catalog."C",
    date_min date GENERATED ALWAYS AS (public.edtf_min(date)) STORED,
    date_max date GENERATED ALWAYS AS (public.edtf_max(date)) STORED,
    until text COLLATE pg_catalog."C",
    until_min date GENERATED ALWAYS AS (public.edtf_min(until)) STORED,
    until_max date GENERATED ALWAYS AS (public.edtf_max(until)) STORED,
    source_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text NOT NULL COLLATE pg_catalog."C",
    revision bigint DEFAULT public.current_revision() NOT NULL,
    recorded_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    dispute text COLLATE pg_catalog."C",
    confidence text COLLATE pg_catalog."C",
    null_reasons jsonb DEFAULT '{}'::jsonb NOT NULL,
    field_sources jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT adoption_confidence_check CHECK ((confidence = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT adoption_date_check CHECK ((date ~ '^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'::text)),
    CONSTRAINT adoption_date_max_check CHECK (((date_max <= '9998-12-31'::date) AND (date_min <= date_max))),
    CONSTRAINT adoption_date_min_check CHECK ((date_min >= '1000-01-01'::date)),
    CONSTRAINT adoption_dispute_check CHECK ((dispute = ANY (ARRAY['preferred'::text, 'other'::text]))),
    CONSTRAINT adoption_evidence_check CHECK ((evidence = ANY (ARRAY['sourced'::text, 'unsourced'::text, 'unstated'::text]))),
    CONSTRAINT adoption_source_check CHECK (((evidence = 'unsourced'::text) OR ((evidence = 'sourced'::text) AND (source_ids <> '{}'::text[])))),
    CONSTRAINT adoption_stage_check CHECK ((stage = ANY (ARRAY['announced'::text, 'preview'::text, 'ga'::text]))),
    CONSTRAINT adoption_until_check CHECK ((until ~ '^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'::text)),
    CONSTRAINT adoption_until_max_check CHECK (((until_max <= '9998-12-31'::date) AND (until_min <= until_max))),
    CONSTRAINT adoption_until_min_check CHECK ((until_min >= '1000-01-01'::date))
);

CREATE FUNCTION public.adoption_at(asked bigint) RETURNS SETOF public.adoption
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT id, product_id, feature_id, stage, date, date_min, date_max, until, until_min, until_max, source_ids, note, evidence, revision, recorded_at, updated_at, dispute, confidence, null_reasons, field_sources FROM adoption WHERE revision <= asked UNION ALL SELECT id, product_id, feature_id, stage, date, date_min, date_max, until, until_min, until_max, source_ids, note, evidence, revision, recorded_at, updated_at, dispute, confidence, null_reasons, field_sources FROM adoption_history WHERE revision <= asked AND asked < replaced_in $$;

CREATE FUNCTION public.begin_revision(actor text, comment text) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE taken bigint; instant timestamptz;
BEGIN
  UPDATE dataset
     SET revision = dataset.revision + 1,
         instant = greatest(dataset.instant, date_trunc('milliseconds', clock_timestamp()))
  RETURNING dataset.revision, dataset.instant INTO taken, instant;
  INSERT INTO revision (id, recorded_at, actor, comment)
  VALUES (taken, instant, begin_revision.actor, begin_revision.comment);
  PERFORM set_config('parity.revision', taken::text, true),
          set_config('parity.instant', instant::text, true);
  RETURN taken;
END $$;

CREATE TABLE public.business_model (
    id text NOT NULL COLLATE pg_catalog."C",
    names jsonb DEFAULT '{}'::jsonb NOT NULL,
    aliases text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    definition text COLLATE pg_catalog."C",
    source_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text NOT NULL COLLATE pg_catalog."C",
    revision bigint DEFAULT public.current_revision() NOT NULL,
    recorded_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    external_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    definitions jsonb DEFAULT '{}'::jsonb NOT NULL,
    null_reasons jsonb DEFAULT '{}'::jsonb NOT NULL,
    field_sources jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT business_model_evidence_check CHECK ((evidence = ANY (ARRAY['sourced'::text, 'unsourced'::text, 'unstated'::text]))),
    CONSTRAINT business_model_id_check CHECK (((id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(id) <= 64)))
);

CREATE FUNCTION public.business_model_at(asked bigint) RETURNS SETOF public.business_model
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT id, names, aliases, definition, source_ids, note, evidence, revision, recorded_at, updated_at, external_ids, definitions, null_reasons, field_sources FROM business_model WHERE revision <= asked UNION ALL SELECT id, names, aliases, definition, source_ids, note, evidence, revision, recorded_at, updated_at, external_ids, definitions, null_reasons, field_sources FROM business_model_history WHERE revision <= asked AND asked < replaced_in $$;

CREATE FUNCTION public.check_referenced() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
DECLARE is_held boolean; held text := CASE
  WHEN TG_ARGV[1] NOT LIKE '%\_ids' THEN 'old_rows o JOIN %1$I t ON t.%2$I = o.id'
  WHEN (SELECT count(*) FROM old_rows) > 100
    THEN '%1$I t CROSS JOIN unnest(t.%2$I) v JOIN old_rows o ON o.id = v'
  ELSE 'old_rows o JOIN %1$I t ON t.%2$I @> ARRAY[o.id]' END;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM ' || held || ')', TG_ARGV[0], TG_ARGV[1])
    INTO is_held;
  IF is_held THEN
    RAISE foreign_key_violation USING TABLE = TG_ARGV[0], CONSTRAINT = TG_NAME,
      MESSAGE = format('%s is still in %s of %s', TG_TABLE_NAME, TG_ARGV[1], TG_ARGV[0]);
  END IF;
  RETURN NULL;
END $_$;

CREATE FUNCTION public.check_references() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE lost text; is_lost boolean;
BEGIN
  EXECUTE format('SELECT n.id, true FROM (SELECT DISTINCT %s AS id FROM new_rows) n'
    ' WHERE NOT EXISTS (SELECT FROM %I t WHERE t.id = n.id) LIMIT 1', TG_ARGV[0], TG_ARGV[1])
    INTO lost, is_lost;
  IF is_lost THEN
    RAISE foreign_key_violation USING TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME,
      MESSAGE = format('%s names %L, which is no %s', TG_TABLE_NAME, lost, TG_ARGV[1]);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.drop_revisioned(name text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
  PERFORM unlink_references(name, list, target) FROM reference_lists(name);
  EXECUTE format('DROP FUNCTION %I(bigint)', name || '_at');
  EXECUTE format('DROP TABLE %I', name || '_history');
  EXECUTE format('DROP TABLE %I', name);
END $$;

CREATE TABLE public.feature (
    id text NOT NULL COLLATE pg_catalog."C",
    names jsonb DEFAULT '{}'::jsonb NOT NULL,
    aliases text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    category text COLLATE pg_catalog."C",
    definition text COLLATE pg_catalog."C",
    source_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text NOT NULL COLLATE pg_catalog."C",
    revision bigint DEFAULT public.current_revision() NOT NULL,
    recorded_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    external_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    definitions jsonb DEFAULT '{}'::jsonb NOT NULL,
    market_ids text[] COLLATE pg_catalog."C",
    null_reasons jsonb DEFAULT '{}'::jsonb NOT NULL,
    field_sources jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT feature_evidence_check CHECK ((evidence = ANY (ARRAY['sourced'::text, 'unsourced'::text, 'unstated'::text]))),
    CONSTRAINT feature_id_check CHECK (((id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(id) <= 64))),
    CONSTRAINT feature_market_ids_check CHECK ((market_ids <> '{}'::text[]))
);

CREATE FUNCTION public.feature_at(asked bigint) RETURNS SETOF public.feature
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT id, names, aliases, category, definition, source_ids, note, evidence, revision, recorded_at, updated_at, external_ids, definitions, market_ids, null_reasons, field_sources FROM feature WHERE revision <= asked UNION ALL SELECT id, names, aliases, category, definition, source_ids, note, evidence, revision, recorded_at, updated_at, external_ids, definitions, market_ids, null_reasons, field_sources FROM feature_history WHERE revision <= asked AND asked < replaced_in $$;

CREATE FUNCTION public.index_date(owner text, date text) RETURNS void
    LANGUAGE plpgsql
    AS $_$
DECLARE name text := owner || '_' || date; first text; last text := quote_ident(date || '_max');
BEGIN
  first := format('coalesce(%I, %s)', date || '_min', last);
  EXECUTE format('CREATE INDEX %I ON %I ((%s), %s, id)', name || '_oldest', owner, first, last);
  EXECUTE format('CREATE INDEX %I ON %I ((%s) DESC NULLS LAST, %s DESC NULLS LAST, id)',
                 name || '_newest', owner, first, last);
  EXECUTE format('CREATE INDEX %I ON %I (%s)', name || '_max', owner, last);
  EXECUTE format('CREATE INDEX %I ON %I (%s) WHERE %I IS DISTINCT FROM %3$s',
                 name || '_coarse', owner, last, date || '_min');
END $_$;

CREATE TABLE public.investment (
    id text NOT NULL COLLATE pg_catalog."C",
    vendor_id text NOT NULL COLLATE pg_catalog."C",
    type text NOT NULL COLLATE pg_catalog."C",
    amount numeric,
    currency text COLLATE pg_catalog."C",
    date text COLLATE pg_catalog."C",
    date_min date GENERATED ALWAYS AS (public.edtf_min(date)) STORED,
    date_max date GENERATED ALWAYS AS (public.edtf_max(date)) STORED,
    status text NOT NULL COLLATE pg_catalog."C",
    source_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text NOT NULL COLLATE pg_catalog."C",
    revision bigint DEFAULT public.current_revision() NOT NULL,
    recorded_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    dispute text COLLATE pg_catalog."C",
    confidence text COLLATE pg_catalog."C",
    quantity numeric,
    unit text COLLATE pg_catalog."C",
    null_reasons jsonb DEFAULT '{}'::jsonb NOT NULL,
    field_sources jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT investment_amount_check CHECK ((amount >= (0)::numeric)),
    CONSTRAINT investment_confidence_check CHECK ((confidence = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT investment_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT investment_date_check CHECK ((date ~ '^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'::text)),
    CONSTRAINT investment_date_max_check CHECK (((date_max <= '9998-12-31'::date) AND (date_min <= date_max))),
    CONSTRAINT investment_date_min_check CHECK ((date_min >= '1000-01-01'::date)),
    CONSTRAINT investment_dispute_check CHECK ((dispute = ANY (ARRAY['preferred'::text, 'other'::text]))),
    CONSTRAINT investment_evidence_check CHECK ((evidence = ANY (ARRAY['sourced'::text, 'unsourced'::text, 'unstated'::text]))),
    CONSTRAINT investment_quantity_check CHECK ((quantity >= (0)::numeric)),
    CONSTRAINT investment_source_check CHECK (((evidence = 'unsourced'::text) OR ((evidence = 'sourced'::text) AND (source_ids <> '{}'::text[])))),
    CONSTRAINT investment_status_check CHECK ((status = ANY (ARRAY['planned'::text, 'reported'::text, 'actual'::text])))
);

CREATE FUNCTION public.investment_at(asked bigint) RETURNS SETOF public.investment
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT id, vendor_id, type, amount, currency, date, date_min, date_max, status, source_ids, note, evidence, revision, recorded_at, updated_at, dispute, confidence, quantity, unit, null_reasons, field_sources FROM investment WHERE revision <= asked UNION ALL SELECT id, vendor_id, type, amount, currency, date, date_min, date_max, status, source_ids, note, evidence, revision, recorded_at, updated_at, dispute, confidence, quantity, unit, null_reasons, field_sources FROM investment_history WHERE revision <= asked AND asked < replaced_in $$;

CREATE FUNCTION public.keep_history() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  EXECUTE format('INSERT INTO %I SELECT current_revision(), o.* FROM old_rows o'
    ' WHERE o.revision < current_revision()', TG_TABLE_NAME || '_history');
  RETURN NULL;
END $$;

CREATE FUNCTION public.link_references(owner text, list text, target text) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE ids text := CASE WHEN list LIKE '%\_ids' THEN 'unnest(%I)'
                         WHEN list = 'revision' THEN '%I'
                         ELSE 'unnest(array_remove(ARRAY[%I], NULL))' END;
        name text := owner || '_' || list; event text;
BEGIN
  IF list LIKE '%\_ids' THEN
    EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I USING gin (%I)', name, owner, list);
  END IF;
  FOREACH event IN ARRAY ARRAY['INSERT', 'UPDATE'] LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER %s ON %I REFERENCING NEW TABLE AS new_rows'
      ' FOR EACH STATEMENT EXECUTE FUNCTION check_references(%L, %L)',
      name || '_' || lower(event), event, owner, format(ids, list), target);
  END LOOP;
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows'
    ' FOR EACH STATEMENT EXECUTE FUNCTION check_referenced(%L, %L)', name || '_held', target,
    owner, list);
END $$;

CREATE FUNCTION public.make_revisioned(name text) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE history text := name || '_history'; names text;
BEGIN
  PERFORM add_bookkeeping(name);
  EXECUTE format('CREATE TABLE IF NOT EXISTS %I'
    ' (replaced_in bigint NOT NULL REFERENCES revision (id), LIKE %I)', history, name);
  PERFORM match_history(name);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (revision, id)', name || '_revision', name);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (id, revision)', history || '_id', history);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (replaced_in, revision)',
                 history || '_span', history);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (revision, id)',
                 history || '_begun', history);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (replaced_in, id)',
                 history || '_ended', history);
  EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE ON %I FOR EACH ROW'
    ' EXECUTE FUNCTION stamp_revision()', name || '_stamp_revision', name);
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows'
    ' FOR EACH STATEMENT EXECUTE FUNCTION keep_history()', name || '_keep_history', name);
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows'
    ' FOR EACH STATEMENT EXECUTE FUNCTION keep_history()', name || '_keep_deleted', name);
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO names
    FROM pg_attribute
   WHERE attrelid = name::regclass AND attnum > 0 AND NOT attisdropped;
  EXECUTE format('CREATE OR REPLACE FUNCTION %I(asked bigint) RETURNS SETOF %I'
    ' LANGUAGE sql STABLE PARALLEL SAFE AS %L', name || '_at', name,
    format(' SELECT %s FROM %I WHERE revision <= asked UNION ALL SELECT %s FROM %I'
           ' WHERE revision <= asked AND asked < replaced_in ', names, name, names, history));
  PERFORM link_references(name, list, target) FROM reference_lists(name);
END $$;

CREATE TABLE public.market (
    id text NOT NULL COLLATE pg_catalog."C",
    names jsonb DEFAULT '{}'::jsonb NOT NULL,
    aliases text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    layer text COLLATE pg_catalog."C",
    definition text COLLATE pg_catalog."C",
    tracked_since text COLLATE pg_catalog."C",
    tracked_since_min date GENERATED ALWAYS AS (public.edtf_min(tracked_since)) STORED,
    tracked_since_max date GENERATED ALWAYS AS (public.edtf_max(tracked_since)) STORED,
    source_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text NOT NULL COLLATE pg_catalog."C",
    revision bigint DEFAULT public.current_revision() NOT NULL,
    recorded_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    external_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    definitions jsonb DEFAULT '{}'::jsonb NOT NULL,
    null_reasons jsonb DEFAULT '{}'::jsonb NOT NULL,
    field_sources jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT market_evidence_check CHECK ((evidence = ANY (ARRAY['sourced'::text, 'unsourced'::text, 'unstated'::text]))),
    CONSTRAINT market_id_check CHECK (((id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(id) <= 64))),
    CONSTRAINT market_layer_check CHECK ((layer = ANY (ARRAY['application'::text, 'device'::text, 'model'::text]))),
    CONSTRAINT market_tracked_since_check CHECK ((tracked_since ~ '^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'::text)),
    CONSTRAINT market_tracked_since_max_check CHECK (((tracked_since_max <= '9998-12-31'::date) AND (tracked_since_min <= tracked_since_max))),
    CONSTRAINT market_tracked_since_min_check CHECK ((tracked_since_min >= '1000-01-01'::date))
);

CREATE FUNCTION public.market_at(asked bigint) RETURNS SETOF public.market
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT id, names, aliases, layer, definition, tracked_since, tracked_since_min, tracked_since_max, source_ids, note, evidence, revision, recorded_at, updated_at, external_ids, definitions, null_reasons, field_sources FROM market WHERE revision <= asked UNION ALL SELECT id, names, aliases, layer, definition, tracked_since, tracked_since_min, tracked_since_max, source_ids, note, evidence, revision, recorded_at, updated_at, external_ids, definitions, null_reasons, field_sources FROM market_history WHERE revision <= asked AND asked < replaced_in $$;

CREATE FUNCTION public.match_history(name text) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE history regclass := name || '_history'; change text;
BEGIN
  FOR change IN
    SELECT format('ADD COLUMN %I %s%s', a.attname, format_type(a.atttypid, a.atttypmod),
                  coalesce(' COLLATE ' || nullif(a.attcollation, t.typcollation)::regcollation, ''))
      FROM pg_attribute a
      JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = name::regclass AND a.attnum > 0 AND NOT a.attisdropped
       AND NOT EXISTS (SELECT FROM pg_attribute h WHERE h.attrelid = history
                          AND h.attname = a.attname AND NOT h.attisdropped)
     ORDER BY a.attnum
  LOOP
    EXECUTE format('ALTER TABLE %s %s', history, change);
  END LOOP;
  FOR change IN
    SELECT format('DROP COLUMN %I', h.attname)
      FROM pg_attribute h
     WHERE h.attrelid = history AND h.attnum > 0 AND NOT h.attisdropped
       AND h.attname <> 'replaced_in'
       AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = name::regclass
                          AND a.attname = h.attname AND NOT a.attisdropped)
  LOOP
    EXECUTE format('ALTER TABLE %s %s', history, change);
  END LOOP;
END $$;

CREATE TABLE public.monetization (
    id text NOT NULL COLLATE pg_catalog."C",
    product_id text NOT NULL COLLATE pg_catalog."C",
    business_model_id text NOT NULL COLLATE pg_catalog."C",
    since text COLLATE pg_catalog."C",
    since_min date GENERATED ALWAYS AS (public.edtf_min(since)) STORED,
    since_max date GENERATED ALWAYS AS (public.edtf_max(since)) STORED,
    until text COLLATE pg_catalog."C",
    until_min date GENERATED ALWAYS AS (public.edtf_min(until)) STORED,
    until_max date GENERATED ALWAYS AS (public.edtf_max(until)) STORED,
    price_amount numeric,
    price_currency text COLLATE pg_catalog."C",
    price_per text COLLATE pg_catalog."C",
    rates jsonb,
    source_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text NOT NULL COLLATE pg_catalog."C",
    revision bigint DEFAULT public.current_revision() NOT NULL,
    recorded_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    dispute text COLLATE pg_catalog."C",
    confidence text COLLATE pg_catalog."C",
    null_reasons jsonb DEFAULT '{}'::jsonb NOT NULL,
    field_sources jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT monetization_confidence_check CHECK ((confidence = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT monetization_dispute_check CHECK ((dispute = ANY (ARRAY['preferred'::text, 'other'::text]))),
    CONSTRAINT monetization_evidence_check CHECK ((evidence = ANY (ARRAY['sourced'::text, 'unsourced'::text, 'unstated'::text]))),
    CONSTRAINT monetization_price_amount_check CHECK ((price_amount >= (0)::numeric)),
    CONSTRAINT monetization_price_check CHECK ((num_nulls(price_amount, price_currency) <> 1)),
    CONSTRAINT monetization_price_currency_check CHECK ((price_currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT monetization_since_check CHECK ((since ~ '^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'::text)),
    CONSTRAINT monetization_since_max_check CHECK (((since_max <= '9998-12-31'::date) AND (since_min <= since_max))),
    CONSTRAINT monetization_since_min_check CHECK ((since_min >= '1000-01-01'::date)),
    CONSTRAINT monetization_source_check CHECK (((evidence = 'unsourced'::text) OR ((evidence = 'sourced'::text) AND (source_ids <> '{}'::text[])))),
    CONSTRAINT monetization_until_check CHECK ((until ~ '^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'::text)),
    CONSTRAINT monetization_until_max_check CHECK (((until_max <= '9998-12-31'::date) AND (until_min <= until_max))),
    CONSTRAINT monetization_until_min_check CHECK ((until_min >= '1000-01-01'::date))
);

CREATE FUNCTION public.monetization_at(asked bigint) RETURNS SETOF public.monetization
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT id, product_id, business_model_id, since, since_min, since_max, until, until_min, until_max, price_amount, price_currency, price_per, rates, source_ids, note, evidence, revision, recorded_at, updated_at, dispute, confidence, null_reasons, field_sources FROM monetization WHERE revision <= asked UNION ALL SELECT id, product_id, business_model_id, since, since_min, since_max, until, until_min, until_max, price_amount, price_currency, price_per, rates, source_ids, note, evidence, revision, recorded_at, updated_at, dispute, confidence, null_reasons, field_sources FROM monetization_history WHERE revision <= asked AND asked < replaced_in $$;

CREATE TABLE public.offering (
    id text NOT NULL COLLATE pg_catalog."C",
    product_id text NOT NULL COLLATE pg_catalog."C",
    reseller text NOT NULL COLLATE pg_catalog."C",
    reseller_name text COLLATE pg_catalog."C",
    model text NOT NULL COLLATE pg_catalog."C",
    date text COLLATE pg_catalog."C",
    date_min date GENERATED ALWAYS AS (public.edtf_min(date)) STORED,
    date_max date GENERATED ALWAYS AS (public.edtf_max(date)) STORED,
    rates jsonb,
    source_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text NOT NULL COLLATE pg_catalog."C",
    revision bigint DEFAULT public.current_revision() NOT NULL,
    recorded_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    confidence text COLLATE pg_catalog."C",
    null_reasons jsonb DEFAULT '{}'::jsonb NOT NULL,
    field_sources jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT offering_confidence_check CHECK ((confidence = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT offering_date_check CHECK ((date ~ '^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'::text)),
    CONSTRAINT offering_date_max_check CHECK (((date_max <= '9998-12-31'::date) AND (date_min <= date_max))),
    CONSTRAINT offering_date_min_check CHECK ((date_min >= '1000-01-01'::date)),
    CONSTRAINT offering_evidence_check CHECK ((evidence = ANY (ARRAY['sourced'::text, 'unsourced'::text, 'unstated'::text]))),
    CONSTRAINT offering_source_check CHECK (((evidence = 'unsourced'::text) OR ((evidence = 'sourced'::text) AND (source_ids <> '{}'::text[]))))
);

CREATE FUNCTION public.offering_at(asked bigint) RETURNS SETOF public.offering
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT id, product_id, reseller, reseller_name, model, date, date_min, date_max, rates, source_ids, note, evidence, revision, recorded_at, updated_at, confidence, null_reasons, field_sources FROM offering WHERE revision <= asked UNION ALL SELECT id, product_id, reseller, reseller_name, model, date, date_min, date_max, rates, source_ids, note, evidence, revision, recorded_at, updated_at, confidence, null_reasons, field_sources FROM offering_history WHERE revision <= asked AND asked < replaced_in $$;

CREATE TABLE public.product (
    id text NOT NULL COLLATE pg_catalog."C",
    vendor_id text NOT NULL COLLATE pg_catalog."C",
    names jsonb DEFAULT '{}'::jsonb NOT NULL,
    aliases text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    market_ids text[] NOT NULL COLLATE pg_catalog."C",
    launched text COLLATE pg_catalog."C",
    launched_min date GENERATED ALWAYS AS (public.edtf_min(launched)) STORED,
    launched_max date GENERATED ALWAYS AS (public.edtf_max(launched)) STORED,
    discontinued text COLLATE pg_catalog."C",
    discontinued_min date GENERATED ALWAYS AS (public.edtf_min(discontinued)) STORED,
    discontinued_max date GENERATED ALWAYS AS (public.edtf_max(discontinued)) STORED,
    source_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text NOT NULL COLLATE pg_catalog."C",
    revision bigint DEFAULT public.current_revision() NOT NULL,
    recorded_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    external_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    null_reasons jsonb DEFAULT '{}'::jsonb NOT NULL,
    field_sources jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT product_discontinued_check CHECK ((discontinued ~ '^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'::text)),
    CONSTRAINT product_discontinued_max_check CHECK (((discontinued_max <= '9998-12-31'::date) AND (discontinued_min <= discontinued_max))),
    CONSTRAINT product_discontinued_min_check CHECK ((discontinued_min >= '1000-01-01'::date)),
    CONSTRAINT product_evidence_check CHECK ((evidence = ANY (ARRAY['sourced'::text, 'unsourced'::text, 'unstated'::text]))),
    CONSTRAINT product_id_check CHECK (((id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(id) <= 64))),
    CONSTRAINT product_launched_check CHECK ((launched ~ '^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'::text)),
    CONSTRAINT product_launched_max_check CHECK (((launched_max <= '9998-12-31'::date) AND (launched_min <= launched_max))),
    CONSTRAINT product_launched_min_check CHECK ((launched_min >= '1000-01-01'::date))
);

CREATE FUNCTION public.product_at(asked bigint) RETURNS SETOF public.product
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT id, vendor_id, names, aliases, market_ids, launched, launched_min, launched_max, discontinued, discontinued_min, discontinued_max, source_ids, note, evidence, revision, recorded_at, updated_at, external_ids, null_reasons, field_sources FROM product WHERE revision <= asked UNION ALL SELECT id, vendor_id, names, aliases, market_ids, launched, launched_min, launched_max, discontinued, discontinued_min, discontinued_max, source_ids, note, evidence, revision, recorded_at, updated_at, external_ids, null_reasons, field_sources FROM product_history WHERE revision <= asked AND asked < replaced_in $$;

CREATE FUNCTION public.reference_lists(name text) RETURNS TABLE(list text, target text)
    LANGUAGE sql STABLE
    AS $$
  -- The columns `market_ids`, `market_id` and the like, where there is a table `market`; and
  -- `revision`.
  SELECT attname, left(attname, CASE atttypid WHEN 'text'::regtype THEN -3 ELSE -4 END)
    FROM pg_attribute
   WHERE attrelid = name::regclass AND attnum > 0 AND NOT attisdropped
     AND (atttypid = 'text'::regtype AND attname LIKE '%\_id'
          AND to_regclass(quote_ident(left(attname, -3))) IS NOT NULL
       OR atttypid = 'text[]'::regtype AND attname LIKE '%\_ids'
          AND to_regclass(quote_ident(left(attname, -4))) IS NOT NULL)
   UNION ALL SELECT 'revision', 'revision'
$$;

CREATE TABLE public.source (
    id text NOT NULL COLLATE pg_catalog."C",
    url text NOT NULL COLLATE pg_catalog."C",
    title text COLLATE pg_catalog."C",
    publisher text COLLATE pg_catalog."C",
    published text COLLATE pg_catalog."C",
    published_min date GENERATED ALWAYS AS (public.edtf_min(published)) STORED,
    published_max date GENERATED ALWAYS AS (public.edtf_max(published)) STORED,
    archive_url text COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    revision bigint DEFAULT public.current_revision() NOT NULL,
    recorded_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    last_checked text COLLATE pg_catalog."C",
    last_checked_min date GENERATED ALWAYS AS (public.edtf_min(last_checked)) STORED,
    last_checked_max date GENERATED ALWAYS AS (public.edtf_max(last_checked)) STORED,
    null_reasons jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT source_published_check CHECK ((published ~ '^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'::text)),
    CONSTRAINT source_published_max_check CHECK (((published_max <= '9998-12-31'::date) AND (published_min <= published_max))),
    CONSTRAINT source_published_min_check CHECK ((published_min >= '1000-01-01'::date)),
    CONSTRAINT source_url_check CHECK ((length(url) <= 2000))
);

CREATE FUNCTION public.source_at(asked bigint) RETURNS SETOF public.source
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT id, url, title, publisher, published, published_min, published_max, archive_url, note, revision, recorded_at, updated_at, last_checked, last_checked_min, last_checked_max, null_reasons FROM source WHERE revision <= asked UNION ALL SELECT id, url, title, publisher, published, published_min, published_max, archive_url, note, revision, recorded_at, updated_at, last_checked, last_checked_min, last_checked_max, null_reasons FROM source_history WHERE revision <= asked AND asked < replaced_in $$;

CREATE FUNCTION public.stamp_revision() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  NEW.revision := current_revision();
  NEW.updated_at := revision_instant();
  NEW.recorded_at := OLD.recorded_at;
  RETURN NEW;
END $$;

CREATE TABLE public.survey (
    id text NOT NULL COLLATE pg_catalog."C",
    product_id text NOT NULL COLLATE pg_catalog."C",
    market_id text NOT NULL COLLATE pg_catalog."C",
    feature_ids text[] COLLATE pg_catalog."C",
    date text COLLATE pg_catalog."C",
    date_min date GENERATED ALWAYS AS (public.edtf_min(date)) STORED,
    date_max date GENERATED ALWAYS AS (public.edtf_max(date)) STORED,
    source_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text NOT NULL COLLATE pg_catalog."C",
    revision bigint DEFAULT public.current_revision() NOT NULL,
    recorded_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    dispute text COLLATE pg_catalog."C",
    confidence text COLLATE pg_catalog."C",
    null_reasons jsonb DEFAULT '{}'::jsonb NOT NULL,
    field_sources jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT survey_confidence_check CHECK ((confidence = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT survey_date_check CHECK ((date ~ '^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'::text)),
    CONSTRAINT survey_date_max_check CHECK (((date_max <= '9998-12-31'::date) AND (date_min <= date_max))),
    CONSTRAINT survey_date_min_check CHECK ((date_min >= '1000-01-01'::date)),
    CONSTRAINT survey_dispute_check CHECK ((dispute = ANY (ARRAY['preferred'::text, 'other'::text]))),
    CONSTRAINT survey_evidence_check CHECK ((evidence = ANY (ARRAY['sourced'::text, 'unsourced'::text, 'unstated'::text]))),
    CONSTRAINT survey_source_check CHECK (((evidence = 'unsourced'::text) OR ((evidence = 'sourced'::text) AND (source_ids <> '{}'::text[]))))
);

CREATE FUNCTION public.survey_at(asked bigint) RETURNS SETOF public.survey
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT id, product_id, market_id, feature_ids, date, date_min, date_max, source_ids, note, evidence, revision, recorded_at, updated_at, dispute, confidence, null_reasons, field_sources FROM survey WHERE revision <= asked UNION ALL SELECT id, product_id, market_id, feature_ids, date, date_min, date_max, source_ids, note, evidence, revision, recorded_at, updated_at, dispute, confidence, null_reasons, field_sources FROM survey_history WHERE revision <= asked AND asked < replaced_in $$;

CREATE FUNCTION public.tell_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
          PERFORM pg_notify('parity_' || TG_TABLE_NAME, '');
          RETURN NULL;
        END $$;

CREATE FUNCTION public.unlink_references(owner text, list text, target text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
  EXECUTE format('DROP TRIGGER %I ON %I', owner || '_' || list || '_held', target);
END $$;

CREATE TABLE public.usage (
    id text NOT NULL COLLATE pg_catalog."C",
    product_id text NOT NULL COLLATE pg_catalog."C",
    metric text NOT NULL COLLATE pg_catalog."C",
    value numeric NOT NULL,
    period text COLLATE pg_catalog."C",
    period_min date GENERATED ALWAYS AS (public.edtf_min(period)) STORED,
    period_max date GENERATED ALWAYS AS (public.edtf_max(period)) STORED,
    source_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text NOT NULL COLLATE pg_catalog."C",
    revision bigint DEFAULT public.current_revision() NOT NULL,
    recorded_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    dispute text COLLATE pg_catalog."C",
    confidence text COLLATE pg_catalog."C",
    null_reasons jsonb DEFAULT '{}'::jsonb NOT NULL,
    field_sources jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT usage_confidence_check CHECK ((confidence = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT usage_dispute_check CHECK ((dispute = ANY (ARRAY['preferred'::text, 'other'::text]))),
    CONSTRAINT usage_evidence_check CHECK ((evidence = ANY (ARRAY['sourced'::text, 'unsourced'::text, 'unstated'::text]))),
    CONSTRAINT usage_period_check CHECK ((period ~ '^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'::text)),
    CONSTRAINT usage_period_max_check CHECK (((period_max <= '9998-12-31'::date) AND (period_min <= period_max))),
    CONSTRAINT usage_period_min_check CHECK ((period_min >= '1000-01-01'::date)),
    CONSTRAINT usage_source_check CHECK (((evidence = 'unsourced'::text) OR ((evidence = 'sourced'::text) AND (source_ids <> '{}'::text[])))),
    CONSTRAINT usage_value_check CHECK ((value >= (0)::numeric))
);

CREATE FUNCTION public.usage_at(asked bigint) RETURNS SETOF public.usage
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT id, product_id, metric, value, period, period_min, period_max, source_ids, note, evidence, revision, recorded_at, updated_at, dispute, confidence, null_reasons, field_sources FROM usage WHERE revision <= asked UNION ALL SELECT id, product_id, metric, value, period, period_min, period_max, source_ids, note, evidence, revision, recorded_at, updated_at, dispute, confidence, null_reasons, field_sources FROM usage_history WHERE revision <= asked AND asked < replaced_in $$;

CREATE TABLE public.vendor (
    id text NOT NULL COLLATE pg_catalog."C",
    names jsonb DEFAULT '{}'::jsonb NOT NULL,
    aliases text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    country text COLLATE pg_catalog."C",
    type text COLLATE pg_catalog."C",
    founded text COLLATE pg_catalog."C",
    founded_min date GENERATED ALWAYS AS (public.edtf_min(founded)) STORED,
    founded_max date GENERATED ALWAYS AS (public.edtf_max(founded)) STORED,
    homepage text COLLATE pg_catalog."C",
    source_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text NOT NULL COLLATE pg_catalog."C",
    revision bigint DEFAULT public.current_revision() NOT NULL,
    recorded_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    external_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    null_reasons jsonb DEFAULT '{}'::jsonb NOT NULL,
    field_sources jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT vendor_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT vendor_evidence_check CHECK ((evidence = ANY (ARRAY['sourced'::text, 'unsourced'::text, 'unstated'::text]))),
    CONSTRAINT vendor_founded_check CHECK ((founded ~ '^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'::text)),
    CONSTRAINT vendor_founded_max_check CHECK (((founded_max <= '9998-12-31'::date) AND (founded_min <= founded_max))),
    CONSTRAINT vendor_founded_min_check CHECK ((founded_min >= '1000-01-01'::date)),
    CONSTRAINT vendor_id_check CHECK (((id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(id) <= 64))),
    CONSTRAINT vendor_type_check CHECK ((type = ANY (ARRAY['big_tech'::text, 'startup'::text, 'device_maker'::text, 'lab'::text])))
);

CREATE FUNCTION public.vendor_at(asked bigint) RETURNS SETOF public.vendor
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT id, names, aliases, country, type, founded, founded_min, founded_max, homepage, source_ids, note, evidence, revision, recorded_at, updated_at, external_ids, null_reasons, field_sources FROM vendor WHERE revision <= asked UNION ALL SELECT id, names, aliases, country, type, founded, founded_min, founded_max, homepage, source_ids, note, evidence, revision, recorded_at, updated_at, external_ids, null_reasons, field_sources FROM vendor_history WHERE revision <= asked AND asked < replaced_in $$;

CREATE TABLE public.vendor_group (
    id text NOT NULL COLLATE pg_catalog."C",
    names jsonb DEFAULT '{}'::jsonb NOT NULL,
    aliases text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    external_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    vendor_ids text[] NOT NULL COLLATE pg_catalog."C",
    source_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text NOT NULL COLLATE pg_catalog."C",
    revision bigint DEFAULT public.current_revision() NOT NULL,
    recorded_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    null_reasons jsonb DEFAULT '{}'::jsonb NOT NULL,
    field_sources jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT vendor_group_evidence_check CHECK ((evidence = ANY (ARRAY['sourced'::text, 'unsourced'::text, 'unstated'::text]))),
    CONSTRAINT vendor_group_id_check CHECK (((id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(id) <= 64))),
    CONSTRAINT vendor_group_vendor_ids_check CHECK ((vendor_ids <> '{}'::text[]))
);

CREATE FUNCTION public.vendor_group_at(asked bigint) RETURNS SETOF public.vendor_group
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT id, names, aliases, external_ids, vendor_ids, source_ids, note, evidence, revision, recorded_at, updated_at, null_reasons, field_sources FROM vendor_group WHERE revision <= asked UNION ALL SELECT id, names, aliases, external_ids, vendor_ids, source_ids, note, evidence, revision, recorded_at, updated_at, null_reasons, field_sources FROM vendor_group_history WHERE revision <= asked AND asked < replaced_in $$;

CREATE TABLE public.version (
    id text NOT NULL COLLATE pg_catalog."C",
    product_id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    date text COLLATE pg_catalog."C",
    date_min date GENERATED ALWAYS AS (public.edtf_min(date)) STORED,
    date_max date GENERATED ALWAYS AS (public.edtf_max(date)) STORED,
    source_ids text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text NOT NULL COLLATE pg_catalog."C",
    confidence text COLLATE pg_catalog."C",
    dispute text COLLATE pg_catalog."C",
    revision bigint DEFAULT public.current_revision() NOT NULL,
    recorded_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.revision_instant() NOT NULL,
    null_reasons jsonb DEFAULT '{}'::jsonb NOT NULL,
    field_sources jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT version_check CHECK (((date_max <= '9998-12-31'::date) AND (date_min <= date_max))),
    CONSTRAINT version_confidence_check CHECK ((confidence = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT version_date_check CHECK ((date ~ '^(\d{4}(-\d\d(-\d\d)?)?|\[(\d{4}(-\d\d(-\d\d)?)?)?\.\.\d{4}(-\d\d(-\d\d)?)?\])$'::text)),
    CONSTRAINT version_date_min_check CHECK ((date_min >= '1000-01-01'::date)),
    CONSTRAINT version_dispute_check CHECK ((dispute = ANY (ARRAY['preferred'::text, 'other'::text]))),
    CONSTRAINT version_evidence_check CHECK ((evidence = ANY (ARRAY['sourced'::text, 'unsourced'::text, 'unstated'::text]))),
    CONSTRAINT version_source_check CHECK (((evidence = 'unsourced'::text) OR ((evidence = 'sourced'::text) AND (source_ids <> '{}'::text[]))))
);

CREATE FUNCTION public.version_at(asked bigint) RETURNS SETOF public.version
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT id, product_id, name, date, date_min, date_max, source_ids, note, evidence, confidence, dispute, revision, recorded_at, updated_at, null_reasons, field_sources FROM version WHERE revision <= asked UNION ALL SELECT id, product_id, name, date, date_min, date_max, source_ids, note, evidence, confidence, dispute, revision, recorded_at, updated_at, null_reasons, field_sources FROM version_history WHERE revision <= asked AND asked < replaced_in $$;

CREATE TABLE public.adoption_history (
    replaced_in bigint NOT NULL,
    id text CONSTRAINT adoption_id_not_null NOT NULL COLLATE pg_catalog."C",
    product_id text CONSTRAINT adoption_product_id_not_null NOT NULL COLLATE pg_catalog."C",
    feature_id text CONSTRAINT adoption_feature_id_not_null NOT NULL COLLATE pg_catalog."C",
    stage text CONSTRAINT adoption_stage_not_null NOT NULL COLLATE pg_catalog."C",
    date text COLLATE pg_catalog."C",
    date_min date,
    date_max date,
    until text COLLATE pg_catalog."C",
    until_min date,
    until_max date,
    source_ids text[] CONSTRAINT adoption_source_ids_not_null NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text CONSTRAINT adoption_evidence_not_null NOT NULL COLLATE pg_catalog."C",
    revision bigint CONSTRAINT adoption_revision_not_null NOT NULL,
    recorded_at timestamp with time zone CONSTRAINT adoption_recorded_at_not_null NOT NULL,
    updated_at timestamp with time zone CONSTRAINT adoption_updated_at_not_null NOT NULL,
    dispute text COLLATE pg_catalog."C",
    confidence text COLLATE pg_catalog."C",
    null_reasons jsonb CONSTRAINT adoption_null_reasons_not_null NOT NULL,
    field_sources jsonb CONSTRAINT adoption_field_sources_not_null NOT NULL
);

CREATE VIEW public.adoption_source AS
 SELECT id AS adoption_id,
    unnest(source_ids) AS source_id
   FROM public.adoption;

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

CREATE TABLE public.api_key (
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    scopes text[] NOT NULL COLLATE pg_catalog."C",
    secret_hash bytea NOT NULL,
    previous_hash bytea,
    previous_expires_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    retired_at timestamp with time zone,
    CONSTRAINT api_key_id_check CHECK ((id ~ '^key_[0-9a-z]{26}$'::text)),
    CONSTRAINT api_key_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT api_key_previous_check CHECK (((previous_hash IS NULL) = (previous_expires_at IS NULL))),
    CONSTRAINT api_key_previous_hash_check CHECK ((length(previous_hash) = 32)),
    CONSTRAINT api_key_scopes_check CHECK (((scopes <> '{}'::text[]) AND (scopes <@ ARRAY['read'::text, 'write'::text, 'curate'::text, 'admin'::text]))),
    CONSTRAINT api_key_secret_hash_check CHECK ((length(secret_hash) = 32))
);

CREATE TABLE public.business_model_history (
    replaced_in bigint NOT NULL,
    id text CONSTRAINT business_model_id_not_null NOT NULL COLLATE pg_catalog."C",
    names jsonb CONSTRAINT business_model_names_not_null NOT NULL,
    aliases text[] CONSTRAINT business_model_aliases_not_null NOT NULL COLLATE pg_catalog."C",
    definition text COLLATE pg_catalog."C",
    source_ids text[] CONSTRAINT business_model_source_ids_not_null NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text CONSTRAINT business_model_evidence_not_null NOT NULL COLLATE pg_catalog."C",
    revision bigint CONSTRAINT business_model_revision_not_null NOT NULL,
    recorded_at timestamp with time zone CONSTRAINT business_model_recorded_at_not_null NOT NULL,
    updated_at timestamp with time zone CONSTRAINT business_model_updated_at_not_null NOT NULL,
    external_ids text[] CONSTRAINT business_model_external_ids_not_null NOT NULL COLLATE pg_catalog."C",
    definitions jsonb CONSTRAINT business_model_definitions_not_null NOT NULL,
    null_reasons jsonb CONSTRAINT business_model_null_reasons_not_null NOT NULL,
    field_sources jsonb CONSTRAINT business_model_field_sources_not_null NOT NULL
);

CREATE VIEW public.business_model_source AS
 SELECT id AS business_model_id,
    unnest(source_ids) AS source_id
   FROM public.business_model;

CREATE TABLE public.correction (
    id text NOT NULL COLLATE pg_catalog."C",
    collection text NOT NULL COLLATE pg_catalog."C",
    record_id text COLLATE pg_catalog."C",
    field text COLLATE pg_catalog."C",
    proposed jsonb,
    statement text NOT NULL COLLATE pg_catalog."C",
    source_url text COLLATE pg_catalog."C",
    contact text COLLATE pg_catalog."C",
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    status text DEFAULT 'open'::text NOT NULL COLLATE pg_catalog."C",
    reason text COLLATE pg_catalog."C",
    decided_by text COLLATE pg_catalog."C",
    decided_at timestamp with time zone,
    revision bigint,
    sender text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT correction_contact_check CHECK ((length(contact) <= 200)),
    CONSTRAINT correction_decision_check CHECK ((num_nulls(reason, decided_by, decided_at) =
CASE
    WHEN (status = 'open'::text) THEN 3
    ELSE 0
END)),
    CONSTRAINT correction_id_check CHECK ((id ~ '^cor_[0-9a-z]{26}$'::text)),
    CONSTRAINT correction_outcome_check CHECK (((revision IS NOT NULL) = (status = 'accepted'::text))),
    CONSTRAINT correction_proposed_check CHECK ((length((proposed)::text) <= 16000)),
    CONSTRAINT correction_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
    CONSTRAINT correction_record_check CHECK (((record_id IS NOT NULL) OR (proposed IS NOT NULL))),
    CONSTRAINT correction_record_id_check CHECK ((length(record_id) <= 80)),
    CONSTRAINT correction_source_url_check CHECK ((length(source_url) <= 2000)),
    CONSTRAINT correction_statement_check CHECK (((length(statement) >= 1) AND (length(statement) <= 2000))),
    CONSTRAINT correction_status_check CHECK ((status = ANY (ARRAY['open'::text, 'accepted'::text, 'rejected'::text, 'duplicate'::text])))
);

CREATE TABLE public.dataset (
    singleton boolean DEFAULT true NOT NULL,
    revision bigint NOT NULL,
    instant timestamp with time zone NOT NULL,
    CONSTRAINT dataset_singleton_check CHECK (singleton)
);

CREATE TABLE public.feature_history (
    replaced_in bigint NOT NULL,
    id text CONSTRAINT feature_id_not_null NOT NULL COLLATE pg_catalog."C",
    names jsonb CONSTRAINT feature_names_not_null NOT NULL,
    aliases text[] CONSTRAINT feature_aliases_not_null NOT NULL COLLATE pg_catalog."C",
    category text COLLATE pg_catalog."C",
    definition text COLLATE pg_catalog."C",
    source_ids text[] CONSTRAINT feature_source_ids_not_null NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text CONSTRAINT feature_evidence_not_null NOT NULL COLLATE pg_catalog."C",
    revision bigint CONSTRAINT feature_revision_not_null NOT NULL,
    recorded_at timestamp with time zone CONSTRAINT feature_recorded_at_not_null NOT NULL,
    updated_at timestamp with time zone CONSTRAINT feature_updated_at_not_null NOT NULL,
    external_ids text[] CONSTRAINT feature_external_ids_not_null NOT NULL COLLATE pg_catalog."C",
    definitions jsonb CONSTRAINT feature_definitions_not_null NOT NULL,
    market_ids text[] COLLATE pg_catalog."C",
    null_reasons jsonb CONSTRAINT feature_null_reasons_not_null NOT NULL,
    field_sources jsonb CONSTRAINT feature_field_sources_not_null NOT NULL
);

CREATE VIEW public.feature_source AS
 SELECT id AS feature_id,
    unnest(source_ids) AS source_id
   FROM public.feature;

CREATE TABLE public.idempotency (
    principal text NOT NULL COLLATE pg_catalog."C",
    route text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    request_hash bytea NOT NULL,
    status integer,
    headers jsonb,
    body bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT idempotency_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255))),
    CONSTRAINT idempotency_request_hash_check CHECK ((length(request_hash) = 32))
);

CREATE TABLE public.import_job (
    id text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL COLLATE pg_catalog."C",
    stage text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    rows_read integer DEFAULT 0 NOT NULL,
    mode text NOT NULL COLLATE pg_catalog."C",
    on_error text NOT NULL COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    dry_run boolean NOT NULL,
    sha256 bytea NOT NULL,
    actor text NOT NULL COLLATE pg_catalog."C",
    comment text NOT NULL COLLATE pg_catalog."C",
    body bytea,
    claims integer DEFAULT 0 NOT NULL,
    leased_until timestamp with time zone,
    rows integer,
    created integer,
    updated integer,
    unchanged integer,
    failed integer,
    revision bigint,
    would_be_revision bigint,
    reverted_in bigint,
    error_code text COLLATE pg_catalog."C",
    error_detail jsonb,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_at timestamp with time zone,
    warnings jsonb DEFAULT '[]'::jsonb NOT NULL,
    may_curate boolean DEFAULT false NOT NULL,
    CONSTRAINT import_job_body_check CHECK (((ended_at IS NULL) = (body IS NOT NULL))),
    CONSTRAINT import_job_claims_check CHECK ((claims >= 0)),
    CONSTRAINT import_job_end_check CHECK (((status = ANY (ARRAY['done'::text, 'failed'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT import_job_lease_check CHECK (((status <> 'running'::text) OR (leased_until IS NOT NULL))),
    CONSTRAINT import_job_mode_check CHECK ((mode = ANY (ARRAY['upsert'::text, 'create'::text]))),
    CONSTRAINT import_job_on_error_check CHECK ((on_error = ANY (ARRAY['abort'::text, 'skip'::text]))),
    CONSTRAINT import_job_rows_read_check CHECK ((rows_read >= 0)),
    CONSTRAINT import_job_sha256_check CHECK ((length(sha256) = 32)),
    CONSTRAINT import_job_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text])))
);

CREATE TABLE public.import_part (
    digest bytea NOT NULL,
    kinds text[] NOT NULL COLLATE pg_catalog."C",
    ids text[] NOT NULL COLLATE pg_catalog."C",
    revision bigint NOT NULL,
    noted_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT import_part_check CHECK ((cardinality(ids) = cardinality(kinds)))
);

CREATE TABLE public.import_row (
    import_id text NOT NULL COLLATE pg_catalog."C",
    line integer NOT NULL,
    outcome text NOT NULL COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    record_id text COLLATE pg_catalog."C",
    errors json,
    CONSTRAINT import_row_errors_check CHECK (((outcome = 'failed'::text) = (errors IS NOT NULL))),
    CONSTRAINT import_row_line_check CHECK ((line > 0)),
    CONSTRAINT import_row_outcome_check CHECK ((outcome = ANY (ARRAY['created'::text, 'updated'::text, 'unchanged'::text, 'failed'::text])))
);

CREATE TABLE public.investment_history (
    replaced_in bigint NOT NULL,
    id text CONSTRAINT investment_id_not_null NOT NULL COLLATE pg_catalog."C",
    vendor_id text CONSTRAINT investment_vendor_id_not_null NOT NULL COLLATE pg_catalog."C",
    type text CONSTRAINT investment_type_not_null NOT NULL COLLATE pg_catalog."C",
    amount numeric,
    currency text COLLATE pg_catalog."C",
    date text COLLATE pg_catalog."C",
    date_min date,
    date_max date,
    status text CONSTRAINT investment_status_not_null NOT NULL COLLATE pg_catalog."C",
    source_ids text[] CONSTRAINT investment_source_ids_not_null NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text CONSTRAINT investment_evidence_not_null NOT NULL COLLATE pg_catalog."C",
    revision bigint CONSTRAINT investment_revision_not_null NOT NULL,
    recorded_at timestamp with time zone CONSTRAINT investment_recorded_at_not_null NOT NULL,
    updated_at timestamp with time zone CONSTRAINT investment_updated_at_not_null NOT NULL,
    dispute text COLLATE pg_catalog."C",
    confidence text COLLATE pg_catalog."C",
    quantity numeric,
    unit text COLLATE pg_catalog."C",
    null_reasons jsonb CONSTRAINT investment_null_reasons_not_null NOT NULL,
    field_sources jsonb CONSTRAINT investment_field_sources_not_null NOT NULL
);

CREATE VIEW public.investment_source AS
 SELECT id AS investment_id,
    unnest(source_ids) AS source_id
   FROM public.investment;

CREATE TABLE public.market_history (
    replaced_in bigint NOT NULL,
    id text CONSTRAINT market_id_not_null NOT NULL COLLATE pg_catalog."C",
    names jsonb CONSTRAINT market_names_not_null NOT NULL,
    aliases text[] CONSTRAINT market_aliases_not_null NOT NULL COLLATE pg_catalog."C",
    layer text COLLATE pg_catalog."C",
    definition text COLLATE pg_catalog."C",
    tracked_since text COLLATE pg_catalog."C",
    tracked_since_min date,
    tracked_since_max date,
    source_ids text[] CONSTRAINT market_source_ids_not_null NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text CONSTRAINT market_evidence_not_null NOT NULL COLLATE pg_catalog."C",
    revision bigint CONSTRAINT market_revision_not_null NOT NULL,
    recorded_at timestamp with time zone CONSTRAINT market_recorded_at_not_null NOT NULL,
    updated_at timestamp with time zone CONSTRAINT market_updated_at_not_null NOT NULL,
    external_ids text[] CONSTRAINT market_external_ids_not_null NOT NULL COLLATE pg_catalog."C",
    definitions jsonb CONSTRAINT market_definitions_not_null NOT NULL,
    null_reasons jsonb CONSTRAINT market_null_reasons_not_null NOT NULL,
    field_sources jsonb CONSTRAINT market_field_sources_not_null NOT NULL
);

CREATE VIEW public.market_source AS
 SELECT id AS market_id,
    unnest(source_ids) AS source_id
   FROM public.market;

CREATE TABLE public.monetization_history (
    replaced_in bigint NOT NULL,
    id text CONSTRAINT monetization_id_not_null NOT NULL COLLATE pg_catalog."C",
    product_id text CONSTRAINT monetization_product_id_not_null NOT NULL COLLATE pg_catalog."C",
    business_model_id text CONSTRAINT monetization_business_model_id_not_null NOT NULL COLLATE pg_catalog."C",
    since text COLLATE pg_catalog."C",
    since_min date,
    since_max date,
    until text COLLATE pg_catalog."C",
    until_min date,
    until_max date,
    price_amount numeric,
    price_currency text COLLATE pg_catalog."C",
    price_per text COLLATE pg_catalog."C",
    rates jsonb,
    source_ids text[] CONSTRAINT monetization_source_ids_not_null NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text CONSTRAINT monetization_evidence_not_null NOT NULL COLLATE pg_catalog."C",
    revision bigint CONSTRAINT monetization_revision_not_null NOT NULL,
    recorded_at timestamp with time zone CONSTRAINT monetization_recorded_at_not_null NOT NULL,
    updated_at timestamp with time zone CONSTRAINT monetization_updated_at_not_null NOT NULL,
    dispute text COLLATE pg_catalog."C",
    confidence text COLLATE pg_catalog."C",
    null_reasons jsonb CONSTRAINT monetization_null_reasons_not_null NOT NULL,
    field_sources jsonb CONSTRAINT monetization_field_sources_not_null NOT NULL
);

CREATE VIEW public.monetization_source AS
 SELECT id AS monetization_id,
    unnest(source_ids) AS source_id
   FROM public.monetization;

CREATE TABLE public.offering_history (
    replaced_in bigint NOT NULL,
    id text CONSTRAINT offering_id_not_null NOT NULL COLLATE pg_catalog."C",
    product_id text CONSTRAINT offering_product_id_not_null NOT NULL COLLATE pg_catalog."C",
    reseller text CONSTRAINT offering_reseller_not_null NOT NULL COLLATE pg_catalog."C",
    reseller_name text COLLATE pg_catalog."C",
    model text CONSTRAINT offering_model_not_null NOT NULL COLLATE pg_catalog."C",
    date text COLLATE pg_catalog."C",
    date_min date,
    date_max date,
    rates jsonb,
    source_ids text[] CONSTRAINT offering_source_ids_not_null NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text CONSTRAINT offering_evidence_not_null NOT NULL COLLATE pg_catalog."C",
    revision bigint CONSTRAINT offering_revision_not_null NOT NULL,
    recorded_at timestamp with time zone CONSTRAINT offering_recorded_at_not_null NOT NULL,
    updated_at timestamp with time zone CONSTRAINT offering_updated_at_not_null NOT NULL,
    confidence text COLLATE pg_catalog."C",
    null_reasons jsonb CONSTRAINT offering_null_reasons_not_null NOT NULL,
    field_sources jsonb CONSTRAINT offering_field_sources_not_null NOT NULL
);

CREATE VIEW public.offering_source AS
 SELECT id AS offering_id,
    unnest(source_ids) AS source_id
   FROM public.offering;

CREATE TABLE public.product_history (
    replaced_in bigint NOT NULL,
    id text CONSTRAINT product_id_not_null NOT NULL COLLATE pg_catalog."C",
    vendor_id text CONSTRAINT product_vendor_id_not_null NOT NULL COLLATE pg_catalog."C",
    names jsonb CONSTRAINT product_names_not_null NOT NULL,
    aliases text[] CONSTRAINT product_aliases_not_null NOT NULL COLLATE pg_catalog."C",
    market_ids text[] CONSTRAINT product_market_ids_not_null NOT NULL COLLATE pg_catalog."C",
    launched text COLLATE pg_catalog."C",
    launched_min date,
    launched_max date,
    discontinued text COLLATE pg_catalog."C",
    discontinued_min date,
    discontinued_max date,
    source_ids text[] CONSTRAINT product_source_ids_not_null NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text CONSTRAINT product_evidence_not_null NOT NULL COLLATE pg_catalog."C",
    revision bigint CONSTRAINT product_revision_not_null NOT NULL,
    recorded_at timestamp with time zone CONSTRAINT product_recorded_at_not_null NOT NULL,
    updated_at timestamp with time zone CONSTRAINT product_updated_at_not_null NOT NULL,
    external_ids text[] CONSTRAINT product_external_ids_not_null NOT NULL COLLATE pg_catalog."C",
    null_reasons jsonb CONSTRAINT product_null_reasons_not_null NOT NULL,
    field_sources jsonb CONSTRAINT product_field_sources_not_null NOT NULL
);

CREATE VIEW public.product_source AS
 SELECT id AS product_id,
    unnest(source_ids) AS source_id
   FROM public.product;

CREATE UNLOGGED TABLE public.quota (
    caller text NOT NULL COLLATE pg_catalog."C",
    burst double precision NOT NULL,
    hour double precision NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.release (
    name text NOT NULL COLLATE pg_catalog."C",
    revision bigint NOT NULL,
    released_at timestamp with time zone DEFAULT now() NOT NULL,
    comment text NOT NULL COLLATE pg_catalog."C",
    actor text NOT NULL COLLATE pg_catalog."C",
    files jsonb NOT NULL,
    CONSTRAINT release_name_check CHECK (((name ~ '^[0-9]{4}\.[0-9]{2}(\.[0-9]+)?$'::text) AND (length(name) <= 20)))
);

CREATE TABLE public.revision (
    id bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    actor text COLLATE pg_catalog."C",
    comment text COLLATE pg_catalog."C"
);

CREATE TABLE public.secret (
    name text NOT NULL COLLATE pg_catalog."C",
    value bytea NOT NULL,
    CONSTRAINT secret_value_check CHECK ((length(value) >= 32))
);

CREATE TABLE public.source_history (
    replaced_in bigint NOT NULL,
    id text CONSTRAINT source_id_not_null NOT NULL COLLATE pg_catalog."C",
    url text CONSTRAINT source_url_not_null NOT NULL COLLATE pg_catalog."C",
    title text COLLATE pg_catalog."C",
    publisher text COLLATE pg_catalog."C",
    published text COLLATE pg_catalog."C",
    published_min date,
    published_max date,
    archive_url text COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    revision bigint CONSTRAINT source_revision_not_null NOT NULL,
    recorded_at timestamp with time zone CONSTRAINT source_recorded_at_not_null NOT NULL,
    updated_at timestamp with time zone CONSTRAINT source_updated_at_not_null NOT NULL,
    last_checked text COLLATE pg_catalog."C",
    last_checked_min date,
    last_checked_max date,
    null_reasons jsonb CONSTRAINT source_null_reasons_not_null NOT NULL
);

CREATE TABLE public.survey_history (
    replaced_in bigint NOT NULL,
    id text CONSTRAINT survey_id_not_null NOT NULL COLLATE pg_catalog."C",
    product_id text CONSTRAINT survey_product_id_not_null NOT NULL COLLATE pg_catalog."C",
    market_id text CONSTRAINT survey_market_id_not_null NOT NULL COLLATE pg_catalog."C",
    feature_ids text[] COLLATE pg_catalog."C",
    date text COLLATE pg_catalog."C",
    date_min date,
    date_max date,
    source_ids text[] CONSTRAINT survey_source_ids_not_null NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text CONSTRAINT survey_evidence_not_null NOT NULL COLLATE pg_catalog."C",
    revision bigint CONSTRAINT survey_revision_not_null NOT NULL,
    recorded_at timestamp with time zone CONSTRAINT survey_recorded_at_not_null NOT NULL,
    updated_at timestamp with time zone CONSTRAINT survey_updated_at_not_null NOT NULL,
    dispute text COLLATE pg_catalog."C",
    confidence text COLLATE pg_catalog."C",
    null_reasons jsonb CONSTRAINT survey_null_reasons_not_null NOT NULL,
    field_sources jsonb CONSTRAINT survey_field_sources_not_null NOT NULL
);

CREATE VIEW public.survey_source AS
 SELECT id AS survey_id,
    unnest(source_ids) AS source_id
   FROM public.survey;

CREATE TABLE public.tombstone (
    kind text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    retired_in bigint NOT NULL,
    replaced_by text COLLATE pg_catalog."C",
    is_merge boolean DEFAULT false NOT NULL,
    lifted_in bigint,
    CONSTRAINT tombstone_merge_check CHECK (((NOT is_merge) OR (replaced_by IS NOT NULL))),
    CONSTRAINT tombstone_replaced_by_check CHECK ((replaced_by <> id))
);

CREATE TABLE public.usage_history (
    replaced_in bigint NOT NULL,
    id text CONSTRAINT usage_id_not_null NOT NULL COLLATE pg_catalog."C",
    product_id text CONSTRAINT usage_product_id_not_null NOT NULL COLLATE pg_catalog."C",
    metric text CONSTRAINT usage_metric_not_null NOT NULL COLLATE pg_catalog."C",
    value numeric CONSTRAINT usage_value_not_null NOT NULL,
    period text COLLATE pg_catalog."C",
    period_min date,
    period_max date,
    source_ids text[] CONSTRAINT usage_source_ids_not_null NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text CONSTRAINT usage_evidence_not_null NOT NULL COLLATE pg_catalog."C",
    revision bigint CONSTRAINT usage_revision_not_null NOT NULL,
    recorded_at timestamp with time zone CONSTRAINT usage_recorded_at_not_null NOT NULL,
    updated_at timestamp with time zone CONSTRAINT usage_updated_at_not_null NOT NULL,
    dispute text COLLATE pg_catalog."C",
    confidence text COLLATE pg_catalog."C",
    null_reasons jsonb CONSTRAINT usage_null_reasons_not_null NOT NULL,
    field_sources jsonb CONSTRAINT usage_field_sources_not_null NOT NULL
);

CREATE VIEW public.usage_source AS
 SELECT id AS usage_id,
    unnest(source_ids) AS source_id
   FROM public.usage;

CREATE TABLE public.vendor_group_history (
    replaced_in bigint NOT NULL,
    id text CONSTRAINT vendor_group_id_not_null NOT NULL COLLATE pg_catalog."C",
    names jsonb CONSTRAINT vendor_group_names_not_null NOT NULL,
    aliases text[] CONSTRAINT vendor_group_aliases_not_null NOT NULL COLLATE pg_catalog."C",
    external_ids text[] CONSTRAINT vendor_group_external_ids_not_null NOT NULL COLLATE pg_catalog."C",
    vendor_ids text[] CONSTRAINT vendor_group_vendor_ids_not_null NOT NULL COLLATE pg_catalog."C",
    source_ids text[] CONSTRAINT vendor_group_source_ids_not_null NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text CONSTRAINT vendor_group_evidence_not_null NOT NULL COLLATE pg_catalog."C",
    revision bigint CONSTRAINT vendor_group_revision_not_null NOT NULL,
    recorded_at timestamp with time zone CONSTRAINT vendor_group_recorded_at_not_null NOT NULL,
    updated_at timestamp with time zone CONSTRAINT vendor_group_updated_at_not_null NOT NULL,
    null_reasons jsonb CONSTRAINT vendor_group_null_reasons_not_null NOT NULL,
    field_sources jsonb CONSTRAINT vendor_group_field_sources_not_null NOT NULL
);

CREATE VIEW public.vendor_group_source AS
 SELECT id AS vendor_group_id,
    unnest(source_ids) AS source_id
   FROM public.vendor_group;

CREATE TABLE public.vendor_history (
    replaced_in bigint NOT NULL,
    id text CONSTRAINT vendor_id_not_null NOT NULL COLLATE pg_catalog."C",
    names jsonb CONSTRAINT vendor_names_not_null NOT NULL,
    aliases text[] CONSTRAINT vendor_aliases_not_null NOT NULL COLLATE pg_catalog."C",
    country text COLLATE pg_catalog."C",
    type text COLLATE pg_catalog."C",
    founded text COLLATE pg_catalog."C",
    founded_min date,
    founded_max date,
    homepage text COLLATE pg_catalog."C",
    source_ids text[] CONSTRAINT vendor_source_ids_not_null NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text CONSTRAINT vendor_evidence_not_null NOT NULL COLLATE pg_catalog."C",
    revision bigint CONSTRAINT vendor_revision_not_null NOT NULL,
    recorded_at timestamp with time zone CONSTRAINT vendor_recorded_at_not_null NOT NULL,
    updated_at timestamp with time zone CONSTRAINT vendor_updated_at_not_null NOT NULL,
    external_ids text[] CONSTRAINT vendor_external_ids_not_null NOT NULL COLLATE pg_catalog."C",
    null_reasons jsonb CONSTRAINT vendor_null_reasons_not_null NOT NULL,
    field_sources jsonb CONSTRAINT vendor_field_sources_not_null NOT NULL
);

CREATE VIEW public.vendor_source AS
 SELECT id AS vendor_id,
    unnest(source_ids) AS source_id
   FROM public.vendor;

CREATE TABLE public.version_history (
    replaced_in bigint NOT NULL,
    id text CONSTRAINT version_id_not_null NOT NULL COLLATE pg_catalog."C",
    product_id text CONSTRAINT version_product_id_not_null NOT NULL COLLATE pg_catalog."C",
    name text CONSTRAINT version_name_not_null NOT NULL COLLATE pg_catalog."C",
    date text COLLATE pg_catalog."C",
    date_min date,
    date_max date,
    source_ids text[] CONSTRAINT version_source_ids_not_null NOT NULL COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C",
    evidence text CONSTRAINT version_evidence_not_null NOT NULL COLLATE pg_catalog."C",
    confidence text COLLATE pg_catalog."C",
    dispute text COLLATE pg_catalog."C",
    revision bigint CONSTRAINT version_revision_not_null NOT NULL,
    recorded_at timestamp with time zone CONSTRAINT version_recorded_at_not_null NOT NULL,
    updated_at timestamp with time zone CONSTRAINT version_updated_at_not_null NOT NULL,
    null_reasons jsonb CONSTRAINT version_null_reasons_not_null NOT NULL,
    field_sources jsonb CONSTRAINT version_field_sources_not_null NOT NULL
);

CREATE VIEW public.version_source AS
 SELECT id AS version_id,
    unnest(source_ids) AS source_id
   FROM public.version;

CREATE TABLE public.webhook (
    id text NOT NULL COLLATE pg_catalog."C",
    url text NOT NULL COLLATE pg_catalog."C",
    types text[] NOT NULL COLLATE pg_catalog."C",
    filter jsonb NOT NULL,
    metric jsonb,
    status text DEFAULT 'active'::text NOT NULL COLLATE pg_catalog."C",
    status_reason jsonb,
    failures integer DEFAULT 0 NOT NULL,
    secret text NOT NULL COLLATE pg_catalog."C",
    old_secret text COLLATE pg_catalog."C",
    old_secret_until timestamp with time zone,
    place_revision bigint NOT NULL,
    place_kind text NOT NULL COLLATE pg_catalog."C",
    place_id text NOT NULL COLLATE pg_catalog."C",
    metric_value double precision,
    metric_value_revision bigint,
    metric_checked_revision bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    owner text COLLATE pg_catalog."C",
    failing_since timestamp with time zone,
    trial_at timestamp with time zone,
    CONSTRAINT webhook_circuit CHECK (((failing_since IS NULL) = (trial_at IS NULL))),
    CONSTRAINT webhook_failures_check CHECK ((failures >= 0)),
    CONSTRAINT webhook_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'off'::text]))),
    CONSTRAINT webhook_types_check CHECK ((types <> '{}'::text[])),
    CONSTRAINT webhook_url_check CHECK ((length(url) <= 2000))
);

CREATE TABLE public.webhook_delivery (
    id text NOT NULL COLLATE pg_catalog."C",
    webhook_id text NOT NULL COLLATE pg_catalog."C",
    event_id text NOT NULL COLLATE pg_catalog."C",
    type text NOT NULL COLLATE pg_catalog."C",
    body bytea NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL COLLATE pg_catalog."C",
    attempts integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone,
    last_status integer,
    last_error jsonb,
    answer bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    object_id text COLLATE pg_catalog."C",
    place bigint NOT NULL,
    CONSTRAINT webhook_delivery_answer_check CHECK ((length(answer) <= 65536)),
    CONSTRAINT webhook_delivery_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT webhook_delivery_body_check CHECK ((length(body) <= 2048)),
    CONSTRAINT webhook_delivery_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text])))
);

ALTER TABLE public.webhook_delivery ALTER COLUMN place ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.webhook_delivery_place_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.adoption
    ADD CONSTRAINT adoption_natural_key UNIQUE NULLS NOT DISTINCT (product_id, feature_id, stage, date);

ALTER TABLE ONLY public.adoption
    ADD CONSTRAINT adoption_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.business_model
    ADD CONSTRAINT business_model_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.correction
    ADD CONSTRAINT correction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.dataset
    ADD CONSTRAINT dataset_pkey PRIMARY KEY (singleton);

ALTER TABLE ONLY public.feature
    ADD CONSTRAINT feature_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (principal, route, key);

ALTER TABLE ONLY public.import_job
    ADD CONSTRAINT import_job_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.import_part
    ADD CONSTRAINT import_part_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_pkey PRIMARY KEY (import_id, line);

ALTER TABLE ONLY public.investment
    ADD CONSTRAINT investment_natural_key UNIQUE NULLS NOT DISTINCT (vendor_id, type, date, amount, currency, quantity, unit);

ALTER TABLE ONLY public.investment
    ADD CONSTRAINT investment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.market
    ADD CONSTRAINT market_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.monetization
    ADD CONSTRAINT monetization_natural_key UNIQUE NULLS NOT DISTINCT (product_id, business_model_id, since);

ALTER TABLE ONLY public.monetization
    ADD CONSTRAINT monetization_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.offering
    ADD CONSTRAINT offering_natural_key UNIQUE (product_id, reseller, model);

ALTER TABLE ONLY public.offering
    ADD CONSTRAINT offering_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quota
    ADD CONSTRAINT quota_pkey PRIMARY KEY (caller);

ALTER TABLE ONLY public.release
    ADD CONSTRAINT release_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.revision
    ADD CONSTRAINT revision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.secret
    ADD CONSTRAINT secret_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.source
    ADD CONSTRAINT source_natural_key UNIQUE (url);

ALTER TABLE ONLY public.source
    ADD CONSTRAINT source_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.survey
    ADD CONSTRAINT survey_natural_key UNIQUE NULLS NOT DISTINCT (product_id, market_id, date);

ALTER TABLE ONLY public.survey
    ADD CONSTRAINT survey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tombstone
    ADD CONSTRAINT tombstone_pkey PRIMARY KEY (kind, id, retired_in);

ALTER TABLE ONLY public.usage
    ADD CONSTRAINT usage_natural_key UNIQUE NULLS NOT DISTINCT (product_id, metric, period, value);

ALTER TABLE ONLY public.usage
    ADD CONSTRAINT usage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.vendor_group
    ADD CONSTRAINT vendor_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.vendor
    ADD CONSTRAINT vendor_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_natural_key UNIQUE NULLS NOT DISTINCT (product_id, name, date);

ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.webhook_delivery
    ADD CONSTRAINT webhook_delivery_event_key UNIQUE (webhook_id, event_id);

ALTER TABLE ONLY public.webhook_delivery
    ADD CONSTRAINT webhook_delivery_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.webhook
    ADD CONSTRAINT webhook_pkey PRIMARY KEY (id);

CREATE INDEX adoption_date_coarse ON public.adoption USING btree (date_max) WHERE (date_min IS DISTINCT FROM date_max);

CREATE INDEX adoption_date_max ON public.adoption USING btree (date_max);

CREATE INDEX adoption_dispute ON public.adoption USING btree (id) WHERE (dispute IS NOT NULL);

CREATE INDEX adoption_feature_id ON public.adoption USING btree (feature_id);

CREATE INDEX adoption_history_begun ON public.adoption_history USING btree (revision, id);

CREATE INDEX adoption_history_ended ON public.adoption_history USING btree (replaced_in, id);

CREATE INDEX adoption_history_id ON public.adoption_history USING btree (id, revision);

CREATE INDEX adoption_history_product ON public.adoption_history USING btree (product_id);

CREATE INDEX adoption_history_span ON public.adoption_history USING btree (replaced_in, revision);

CREATE INDEX adoption_newest ON public.adoption USING btree (COALESCE(date_min, date_max) DESC NULLS LAST, date_max DESC NULLS LAST, id);

CREATE INDEX adoption_oldest ON public.adoption USING btree (COALESCE(date_min, date_max), date_max, id);

CREATE INDEX adoption_revision ON public.adoption USING btree (revision, id);

CREATE INDEX adoption_source_ids ON public.adoption USING gin (source_ids);

CREATE INDEX adoption_until_first ON public.adoption USING btree (COALESCE(until_min, until_max), until_max) WHERE (until_max IS NOT NULL);

CREATE INDEX adoption_until_last ON public.adoption USING btree (COALESCE(until_min, until_max) DESC NULLS LAST, until_max DESC NULLS LAST) WHERE (until_max IS NOT NULL);

CREATE INDEX business_model_external_ids ON public.business_model USING gin (external_ids);

CREATE INDEX business_model_history_begun ON public.business_model_history USING btree (revision, id);

CREATE INDEX business_model_history_ended ON public.business_model_history USING btree (replaced_in, id);

CREATE INDEX business_model_history_id ON public.business_model_history USING btree (id, revision);

CREATE INDEX business_model_history_span ON public.business_model_history USING btree (replaced_in, revision);

CREATE INDEX business_model_revision ON public.business_model USING btree (revision, id);

CREATE INDEX business_model_source_ids ON public.business_model USING gin (source_ids);

CREATE INDEX correction_record ON public.correction USING btree (collection, record_id, id);

CREATE INDEX correction_status ON public.correction USING btree (status, id);

CREATE INDEX feature_external_ids ON public.feature USING gin (external_ids);

CREATE INDEX feature_history_begun ON public.feature_history USING btree (revision, id);

CREATE INDEX feature_history_ended ON public.feature_history USING btree (replaced_in, id);

CREATE INDEX feature_history_id ON public.feature_history USING btree (id, revision);

CREATE INDEX feature_history_span ON public.feature_history USING btree (replaced_in, revision);

CREATE INDEX feature_market_ids ON public.feature USING gin (market_ids);

CREATE INDEX feature_revision ON public.feature USING btree (revision, id);

CREATE INDEX feature_source_ids ON public.feature USING gin (source_ids);

CREATE INDEX idempotency_created_at ON public.idempotency USING btree (created_at);

CREATE INDEX import_job_due ON public.import_job USING btree (id) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]));

CREATE INDEX import_part_revision ON public.import_part USING btree (revision);

CREATE INDEX import_row_outcome ON public.import_row USING btree (import_id, outcome, line) WHERE (outcome <> 'unchanged'::text);

CREATE INDEX investment_date_coarse ON public.investment USING btree (date_max) WHERE (date_min IS DISTINCT FROM date_max);

CREATE INDEX investment_date_max ON public.investment USING btree (date_max);

CREATE INDEX investment_dispute ON public.investment USING btree (id) WHERE (dispute IS NOT NULL);

CREATE INDEX investment_history_begun ON public.investment_history USING btree (revision, id);

CREATE INDEX investment_history_ended ON public.investment_history USING btree (replaced_in, id);

CREATE INDEX investment_history_id ON public.investment_history USING btree (id, revision);

CREATE INDEX investment_history_span ON public.investment_history USING btree (replaced_in, revision);

CREATE INDEX investment_newest ON public.investment USING btree (COALESCE(date_min, date_max) DESC NULLS LAST, date_max DESC NULLS LAST, id);

CREATE INDEX investment_oldest ON public.investment USING btree (COALESCE(date_min, date_max), date_max, id);

CREATE INDEX investment_revision ON public.investment USING btree (revision, id);

CREATE INDEX investment_source_ids ON public.investment USING gin (source_ids);

CREATE INDEX market_external_ids ON public.market USING gin (external_ids);

CREATE INDEX market_history_begun ON public.market_history USING btree (revision, id);

CREATE INDEX market_history_ended ON public.market_history USING btree (replaced_in, id);

CREATE INDEX market_history_id ON public.market_history USING btree (id, revision);

CREATE INDEX market_history_span ON public.market_history USING btree (replaced_in, revision);

CREATE INDEX market_revision ON public.market USING btree (revision, id);

CREATE INDEX market_source_ids ON public.market USING gin (source_ids);

CREATE INDEX monetization_business_model_id ON public.monetization USING btree (business_model_id);

CREATE INDEX monetization_dispute ON public.monetization USING btree (id) WHERE (dispute IS NOT NULL);

CREATE INDEX monetization_history_begun ON public.monetization_history USING btree (revision, id);

CREATE INDEX monetization_history_ended ON public.monetization_history USING btree (replaced_in, id);

CREATE INDEX monetization_history_id ON public.monetization_history USING btree (id, revision);

CREATE INDEX monetization_history_product ON public.monetization_history USING btree (product_id);

CREATE INDEX monetization_history_span ON public.monetization_history USING btree (replaced_in, revision);

CREATE INDEX monetization_newest ON public.monetization USING btree (COALESCE(since_min, since_max) DESC NULLS LAST, since_max DESC NULLS LAST, id);

CREATE INDEX monetization_oldest ON public.monetization USING btree (COALESCE(since_min, since_max), since_max, id);

CREATE INDEX monetization_revision ON public.monetization USING btree (revision, id);

CREATE INDEX monetization_since_coarse ON public.monetization USING btree (since_max) WHERE (since_min IS DISTINCT FROM since_max);

CREATE INDEX monetization_since_max ON public.monetization USING btree (since_max);

CREATE INDEX monetization_source_ids ON public.monetization USING gin (source_ids);

CREATE INDEX monetization_until_first ON public.monetization USING btree (COALESCE(until_min, until_max), until_max) WHERE (until_max IS NOT NULL);

CREATE INDEX monetization_until_last ON public.monetization USING btree (COALESCE(until_min, until_max) DESC NULLS LAST, until_max DESC NULLS LAST) WHERE (until_max IS NOT NULL);

CREATE INDEX offering_date_coarse ON public.offering USING btree (date_max) WHERE (date_min IS DISTINCT FROM date_max);

CREATE INDEX offering_date_max ON public.offering USING btree (date_max);

CREATE INDEX offering_history_begun ON public.offering_history USING btree (revision, id);

CREATE INDEX offering_history_ended ON public.offering_history USING btree (replaced_in, id);

CREATE INDEX offering_history_id ON public.offering_history USING btree (id, revision);

CREATE INDEX offering_history_span ON public.offering_history USING btree (replaced_in, revision);

CREATE INDEX offering_newest ON public.offering USING btree (COALESCE(date_min, date_max) DESC NULLS LAST, date_max DESC NULLS LAST, id);

CREATE INDEX offering_oldest ON public.offering USING btree (COALESCE(date_min, date_max), date_max, id);

CREATE INDEX offering_revision ON public.offering USING btree (revision, id);

CREATE INDEX offering_source_ids ON public.offering USING gin (source_ids);

CREATE INDEX product_discontinued_first ON public.product USING btree (COALESCE(discontinued_min, discontinued_max), discontinued_max) WHERE (discontinued_max IS NOT NULL);

CREATE INDEX product_discontinued_last ON public.product USING btree (COALESCE(discontinued_min, discontinued_max) DESC NULLS LAST, discontinued_max DESC NULLS LAST) WHERE (discontinued_max IS NOT NULL);

CREATE INDEX product_external_ids ON public.product USING gin (external_ids);

CREATE INDEX product_history_begun ON public.product_history USING btree (revision, id);

CREATE INDEX product_history_ended ON public.product_history USING btree (replaced_in, id);

CREATE INDEX product_history_id ON public.product_history USING btree (id, revision);

CREATE INDEX product_history_span ON public.product_history USING btree (replaced_in, revision);

CREATE INDEX product_launched_coarse ON public.product USING btree (launched_max) WHERE (launched_min IS DISTINCT FROM launched_max);

CREATE INDEX product_launched_max ON public.product USING btree (launched_max);

CREATE INDEX product_market_ids ON public.product USING gin (market_ids);

CREATE INDEX product_newest ON public.product USING btree (COALESCE(launched_min, launched_max) DESC NULLS LAST, launched_max DESC NULLS LAST, id);

CREATE INDEX product_oldest ON public.product USING btree (COALESCE(launched_min, launched_max), launched_max, id);

CREATE INDEX product_revision ON public.product USING btree (revision, id);

CREATE INDEX product_source_ids ON public.product USING gin (source_ids);

CREATE INDEX product_vendor_id ON public.product USING btree (vendor_id);

CREATE INDEX revision_recorded_at ON public.revision USING btree (recorded_at);

CREATE INDEX source_history_begun ON public.source_history USING btree (revision, id);

CREATE INDEX source_history_ended ON public.source_history USING btree (replaced_in, id);

CREATE INDEX source_history_id ON public.source_history USING btree (id, revision);

CREATE INDEX source_history_span ON public.source_history USING btree (replaced_in, revision);

CREATE INDEX source_newest ON public.source USING btree (COALESCE(published_min, published_max) DESC NULLS LAST, published_max DESC NULLS LAST, id);

CREATE INDEX source_oldest ON public.source USING btree (COALESCE(published_min, published_max), published_max, id);

CREATE INDEX source_published_coarse ON public.source USING btree (published_max) WHERE (published_min IS DISTINCT FROM published_max);

CREATE INDEX source_published_max ON public.source USING btree (published_max);

CREATE INDEX source_revision ON public.source USING btree (revision, id);

CREATE INDEX survey_date_coarse ON public.survey USING btree (date_max) WHERE (date_min IS DISTINCT FROM date_max);

CREATE INDEX survey_date_max ON public.survey USING btree (date_max);

CREATE INDEX survey_dispute ON public.survey USING btree (id) WHERE (dispute IS NOT NULL);

CREATE INDEX survey_feature_ids ON public.survey USING gin (feature_ids);

CREATE INDEX survey_history_begun ON public.survey_history USING btree (revision, id);

CREATE INDEX survey_history_ended ON public.survey_history USING btree (replaced_in, id);

CREATE INDEX survey_history_id ON public.survey_history USING btree (id, revision);

CREATE INDEX survey_history_span ON public.survey_history USING btree (replaced_in, revision);

CREATE INDEX survey_market_id ON public.survey USING btree (market_id);

CREATE INDEX survey_newest ON public.survey USING btree (COALESCE(date_min, date_max) DESC NULLS LAST, date_max DESC NULLS LAST, id);

CREATE INDEX survey_oldest ON public.survey USING btree (COALESCE(date_min, date_max), date_max, id);

CREATE INDEX survey_revision ON public.survey USING btree (revision, id);

CREATE INDEX survey_source_ids ON public.survey USING gin (source_ids);

CREATE INDEX tombstone_replaced_by ON public.tombstone USING btree (kind, replaced_by);

CREATE UNIQUE INDEX tombstone_standing ON public.tombstone USING btree (kind, id) WHERE (lifted_in IS NULL);

CREATE INDEX usage_dispute ON public.usage USING btree (id) WHERE (dispute IS NOT NULL);

CREATE INDEX usage_history_begun ON public.usage_history USING btree (revision, id);

CREATE INDEX usage_history_ended ON public.usage_history USING btree (replaced_in, id);

CREATE INDEX usage_history_id ON public.usage_history USING btree (id, revision);

CREATE INDEX usage_history_span ON public.usage_history USING btree (replaced_in, revision);

CREATE INDEX usage_newest ON public.usage USING btree (COALESCE(period_min, period_max) DESC NULLS LAST, period_max DESC NULLS LAST, id);

CREATE INDEX usage_oldest ON public.usage USING btree (COALESCE(period_min, period_max), period_max, id);

CREATE INDEX usage_period_coarse ON public.usage USING btree (period_max) WHERE (period_min IS DISTINCT FROM period_max);

CREATE INDEX usage_period_max ON public.usage USING btree (period_max);

CREATE INDEX usage_revision ON public.usage USING btree (revision, id);

CREATE INDEX usage_source_ids ON public.usage USING gin (source_ids);

CREATE INDEX vendor_external_ids ON public.vendor USING gin (external_ids);

CREATE INDEX vendor_founded_first ON public.vendor USING btree (COALESCE(founded_min, founded_max), founded_max) WHERE (founded_max IS NOT NULL);

CREATE INDEX vendor_founded_last ON public.vendor USING btree (COALESCE(founded_min, founded_max) DESC NULLS LAST, founded_max DESC NULLS LAST) WHERE (founded_max IS NOT NULL);

CREATE INDEX vendor_group_external_ids ON public.vendor_group USING gin (external_ids);

CREATE INDEX vendor_group_history_begun ON public.vendor_group_history USING btree (revision, id);

CREATE INDEX vendor_group_history_ended ON public.vendor_group_history USING btree (replaced_in, id);

CREATE INDEX vendor_group_history_id ON public.vendor_group_history USING btree (id, revision);

CREATE INDEX vendor_group_history_span ON public.vendor_group_history USING btree (replaced_in, revision);

CREATE INDEX vendor_group_revision ON public.vendor_group USING btree (revision, id);

CREATE INDEX vendor_group_source_ids ON public.vendor_group USING gin (source_ids);

CREATE INDEX vendor_group_vendor_ids ON public.vendor_group USING gin (vendor_ids);

CREATE INDEX vendor_history_begun ON public.vendor_history USING btree (revision, id);

CREATE INDEX vendor_history_ended ON public.vendor_history USING btree (replaced_in, id);

CREATE INDEX vendor_history_id ON public.vendor_history USING btree (id, revision);

CREATE INDEX vendor_history_span ON public.vendor_history USING btree (replaced_in, revision);

CREATE INDEX vendor_revision ON public.vendor USING btree (revision, id);

CREATE INDEX vendor_source_ids ON public.vendor USING gin (source_ids);

CREATE INDEX version_date_coarse ON public.version USING btree (date_max) WHERE (date_min IS DISTINCT FROM date_max);

CREATE INDEX version_date_max ON public.version USING btree (date_max);

CREATE INDEX version_date_newest ON public.version USING btree (COALESCE(date_min, date_max) DESC NULLS LAST, date_max DESC NULLS LAST, id);

CREATE INDEX version_date_oldest ON public.version USING btree (COALESCE(date_min, date_max), date_max, id);

CREATE INDEX version_dispute ON public.version USING btree (id) WHERE (dispute IS NOT NULL);

CREATE INDEX version_history_begun ON public.version_history USING btree (revision, id);

CREATE INDEX version_history_ended ON public.version_history USING btree (replaced_in, id);

CREATE INDEX version_history_id ON public.version_history USING btree (id, revision);

CREATE INDEX version_history_span ON public.version_history USING btree (replaced_in, revision);

CREATE INDEX version_revision ON public.version USING btree (revision, id);

CREATE INDEX version_source_ids ON public.version USING gin (source_ids);

CREATE INDEX webhook_delivery_created ON public.webhook_delivery USING btree (created_at);

CREATE INDEX webhook_delivery_due ON public.webhook_delivery USING btree (webhook_id, next_at) WHERE (status = 'pending'::text);

CREATE INDEX webhook_delivery_waiting ON public.webhook_delivery USING btree (webhook_id, object_id, place) WHERE ((status = 'pending'::text) AND (object_id IS NOT NULL));

CREATE INDEX webhook_owner ON public.webhook USING btree (owner);

CREATE TRIGGER adoption_feature_id_held AFTER DELETE ON public.feature REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('adoption', 'feature_id');

CREATE TRIGGER adoption_feature_id_insert AFTER INSERT ON public.adoption REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[feature_id], NULL))', 'feature');

CREATE TRIGGER adoption_feature_id_update AFTER UPDATE ON public.adoption REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[feature_id], NULL))', 'feature');

CREATE TRIGGER adoption_keep_deleted AFTER DELETE ON public.adoption REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER adoption_keep_history AFTER UPDATE ON public.adoption REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER adoption_product_id_held AFTER DELETE ON public.product REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('adoption', 'product_id');

CREATE TRIGGER adoption_product_id_insert AFTER INSERT ON public.adoption REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[product_id], NULL))', 'product');

CREATE TRIGGER adoption_product_id_update AFTER UPDATE ON public.adoption REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[product_id], NULL))', 'product');

CREATE TRIGGER adoption_revision_held AFTER DELETE ON public.revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('adoption', 'revision');

CREATE TRIGGER adoption_revision_insert AFTER INSERT ON public.adoption REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER adoption_revision_update AFTER UPDATE ON public.adoption REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER adoption_source_ids_held AFTER DELETE ON public.source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('adoption', 'source_ids');

CREATE TRIGGER adoption_source_ids_insert AFTER INSERT ON public.adoption REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER adoption_source_ids_update AFTER UPDATE ON public.adoption REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER adoption_stamp_revision BEFORE UPDATE ON public.adoption FOR EACH ROW EXECUTE FUNCTION public.stamp_revision();

CREATE TRIGGER api_key_tell_change AFTER INSERT OR DELETE OR UPDATE OF name, scopes, secret_hash, previous_hash, previous_expires_at, expires_at, retired_at ON public.api_key FOR EACH STATEMENT EXECUTE FUNCTION public.tell_change();

CREATE TRIGGER business_model_keep_deleted AFTER DELETE ON public.business_model REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER business_model_keep_history AFTER UPDATE ON public.business_model REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER business_model_revision_held AFTER DELETE ON public.revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('business_model', 'revision');

CREATE TRIGGER business_model_revision_insert AFTER INSERT ON public.business_model REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER business_model_revision_update AFTER UPDATE ON public.business_model REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER business_model_source_ids_held AFTER DELETE ON public.source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('business_model', 'source_ids');

CREATE TRIGGER business_model_source_ids_insert AFTER INSERT ON public.business_model REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER business_model_source_ids_update AFTER UPDATE ON public.business_model REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER business_model_stamp_revision BEFORE UPDATE ON public.business_model FOR EACH ROW EXECUTE FUNCTION public.stamp_revision();

CREATE TRIGGER dataset_tell_change AFTER UPDATE OF revision ON public.dataset FOR EACH STATEMENT EXECUTE FUNCTION public.tell_change();

CREATE TRIGGER feature_keep_deleted AFTER DELETE ON public.feature REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER feature_keep_history AFTER UPDATE ON public.feature REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER feature_market_ids_held AFTER DELETE ON public.market REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('feature', 'market_ids');

CREATE TRIGGER feature_market_ids_insert AFTER INSERT ON public.feature REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(market_ids)', 'market');

CREATE TRIGGER feature_market_ids_update AFTER UPDATE ON public.feature REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(market_ids)', 'market');

CREATE TRIGGER feature_revision_held AFTER DELETE ON public.revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('feature', 'revision');

CREATE TRIGGER feature_revision_insert AFTER INSERT ON public.feature REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER feature_revision_update AFTER UPDATE ON public.feature REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER feature_source_ids_held AFTER DELETE ON public.source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('feature', 'source_ids');

CREATE TRIGGER feature_source_ids_insert AFTER INSERT ON public.feature REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER feature_source_ids_update AFTER UPDATE ON public.feature REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER feature_stamp_revision BEFORE UPDATE ON public.feature FOR EACH ROW EXECUTE FUNCTION public.stamp_revision();

CREATE TRIGGER investment_keep_deleted AFTER DELETE ON public.investment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER investment_keep_history AFTER UPDATE ON public.investment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER investment_revision_held AFTER DELETE ON public.revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('investment', 'revision');

CREATE TRIGGER investment_revision_insert AFTER INSERT ON public.investment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER investment_revision_update AFTER UPDATE ON public.investment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER investment_source_ids_held AFTER DELETE ON public.source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('investment', 'source_ids');

CREATE TRIGGER investment_source_ids_insert AFTER INSERT ON public.investment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER investment_source_ids_update AFTER UPDATE ON public.investment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER investment_stamp_revision BEFORE UPDATE ON public.investment FOR EACH ROW EXECUTE FUNCTION public.stamp_revision();

CREATE TRIGGER investment_vendor_id_held AFTER DELETE ON public.vendor REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('investment', 'vendor_id');

CREATE TRIGGER investment_vendor_id_insert AFTER INSERT ON public.investment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[vendor_id], NULL))', 'vendor');

CREATE TRIGGER investment_vendor_id_update AFTER UPDATE ON public.investment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[vendor_id], NULL))', 'vendor');

CREATE TRIGGER market_keep_deleted AFTER DELETE ON public.market REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER market_keep_history AFTER UPDATE ON public.market REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER market_revision_held AFTER DELETE ON public.revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('market', 'revision');

CREATE TRIGGER market_revision_insert AFTER INSERT ON public.market REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER market_revision_update AFTER UPDATE ON public.market REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER market_source_ids_held AFTER DELETE ON public.source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('market', 'source_ids');

CREATE TRIGGER market_source_ids_insert AFTER INSERT ON public.market REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER market_source_ids_update AFTER UPDATE ON public.market REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER market_stamp_revision BEFORE UPDATE ON public.market FOR EACH ROW EXECUTE FUNCTION public.stamp_revision();

CREATE TRIGGER monetization_business_model_id_held AFTER DELETE ON public.business_model REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('monetization', 'business_model_id');

CREATE TRIGGER monetization_business_model_id_insert AFTER INSERT ON public.monetization REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[business_model_id], NULL))', 'business_model');

CREATE TRIGGER monetization_business_model_id_update AFTER UPDATE ON public.monetization REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[business_model_id], NULL))', 'business_model');

CREATE TRIGGER monetization_keep_deleted AFTER DELETE ON public.monetization REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER monetization_keep_history AFTER UPDATE ON public.monetization REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER monetization_product_id_held AFTER DELETE ON public.product REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('monetization', 'product_id');

CREATE TRIGGER monetization_product_id_insert AFTER INSERT ON public.monetization REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[product_id], NULL))', 'product');

CREATE TRIGGER monetization_product_id_update AFTER UPDATE ON public.monetization REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[product_id], NULL))', 'product');

CREATE TRIGGER monetization_revision_held AFTER DELETE ON public.revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('monetization', 'revision');

CREATE TRIGGER monetization_revision_insert AFTER INSERT ON public.monetization REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER monetization_revision_update AFTER UPDATE ON public.monetization REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER monetization_source_ids_held AFTER DELETE ON public.source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('monetization', 'source_ids');

CREATE TRIGGER monetization_source_ids_insert AFTER INSERT ON public.monetization REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER monetization_source_ids_update AFTER UPDATE ON public.monetization REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER monetization_stamp_revision BEFORE UPDATE ON public.monetization FOR EACH ROW EXECUTE FUNCTION public.stamp_revision();

CREATE TRIGGER offering_keep_deleted AFTER DELETE ON public.offering REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER offering_keep_history AFTER UPDATE ON public.offering REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER offering_product_id_held AFTER DELETE ON public.product REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('offering', 'product_id');

CREATE TRIGGER offering_product_id_insert AFTER INSERT ON public.offering REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[product_id], NULL))', 'product');

CREATE TRIGGER offering_product_id_update AFTER UPDATE ON public.offering REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[product_id], NULL))', 'product');

CREATE TRIGGER offering_revision_held AFTER DELETE ON public.revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('offering', 'revision');

CREATE TRIGGER offering_revision_insert AFTER INSERT ON public.offering REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER offering_revision_update AFTER UPDATE ON public.offering REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER offering_source_ids_held AFTER DELETE ON public.source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('offering', 'source_ids');

CREATE TRIGGER offering_source_ids_insert AFTER INSERT ON public.offering REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER offering_source_ids_update AFTER UPDATE ON public.offering REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER offering_stamp_revision BEFORE UPDATE ON public.offering FOR EACH ROW EXECUTE FUNCTION public.stamp_revision();

CREATE TRIGGER product_keep_deleted AFTER DELETE ON public.product REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER product_keep_history AFTER UPDATE ON public.product REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER product_market_ids_held AFTER DELETE ON public.market REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('product', 'market_ids');

CREATE TRIGGER product_market_ids_insert AFTER INSERT ON public.product REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(market_ids)', 'market');

CREATE TRIGGER product_market_ids_update AFTER UPDATE ON public.product REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(market_ids)', 'market');

CREATE TRIGGER product_revision_held AFTER DELETE ON public.revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('product', 'revision');

CREATE TRIGGER product_revision_insert AFTER INSERT ON public.product REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER product_revision_update AFTER UPDATE ON public.product REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER product_source_ids_held AFTER DELETE ON public.source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('product', 'source_ids');

CREATE TRIGGER product_source_ids_insert AFTER INSERT ON public.product REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER product_source_ids_update AFTER UPDATE ON public.product REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER product_stamp_revision BEFORE UPDATE ON public.product FOR EACH ROW EXECUTE FUNCTION public.stamp_revision();

CREATE TRIGGER product_vendor_id_held AFTER DELETE ON public.vendor REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('product', 'vendor_id');

CREATE TRIGGER product_vendor_id_insert AFTER INSERT ON public.product REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[vendor_id], NULL))', 'vendor');

CREATE TRIGGER product_vendor_id_update AFTER UPDATE ON public.product REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[vendor_id], NULL))', 'vendor');

CREATE TRIGGER source_keep_deleted AFTER DELETE ON public.source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER source_keep_history AFTER UPDATE ON public.source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER source_revision_held AFTER DELETE ON public.revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('source', 'revision');

CREATE TRIGGER source_revision_insert AFTER INSERT ON public.source REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER source_revision_update AFTER UPDATE ON public.source REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER source_stamp_revision BEFORE UPDATE ON public.source FOR EACH ROW EXECUTE FUNCTION public.stamp_revision();

CREATE TRIGGER survey_feature_ids_held AFTER DELETE ON public.feature REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('survey', 'feature_ids');

CREATE TRIGGER survey_feature_ids_insert AFTER INSERT ON public.survey REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(feature_ids)', 'feature');

CREATE TRIGGER survey_feature_ids_update AFTER UPDATE ON public.survey REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(feature_ids)', 'feature');

CREATE TRIGGER survey_keep_deleted AFTER DELETE ON public.survey REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER survey_keep_history AFTER UPDATE ON public.survey REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER survey_market_id_held AFTER DELETE ON public.market REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('survey', 'market_id');

CREATE TRIGGER survey_market_id_insert AFTER INSERT ON public.survey REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[market_id], NULL))', 'market');

CREATE TRIGGER survey_market_id_update AFTER UPDATE ON public.survey REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[market_id], NULL))', 'market');

CREATE TRIGGER survey_product_id_held AFTER DELETE ON public.product REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('survey', 'product_id');

CREATE TRIGGER survey_product_id_insert AFTER INSERT ON public.survey REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[product_id], NULL))', 'product');

CREATE TRIGGER survey_product_id_update AFTER UPDATE ON public.survey REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[product_id], NULL))', 'product');

CREATE TRIGGER survey_revision_held AFTER DELETE ON public.revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('survey', 'revision');

CREATE TRIGGER survey_revision_insert AFTER INSERT ON public.survey REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER survey_revision_update AFTER UPDATE ON public.survey REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER survey_source_ids_held AFTER DELETE ON public.source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('survey', 'source_ids');

CREATE TRIGGER survey_source_ids_insert AFTER INSERT ON public.survey REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER survey_source_ids_update AFTER UPDATE ON public.survey REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER survey_stamp_revision BEFORE UPDATE ON public.survey FOR EACH ROW EXECUTE FUNCTION public.stamp_revision();

CREATE TRIGGER usage_keep_deleted AFTER DELETE ON public.usage REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER usage_keep_history AFTER UPDATE ON public.usage REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER usage_product_id_held AFTER DELETE ON public.product REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('usage', 'product_id');

CREATE TRIGGER usage_product_id_insert AFTER INSERT ON public.usage REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[product_id], NULL))', 'product');

CREATE TRIGGER usage_product_id_update AFTER UPDATE ON public.usage REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[product_id], NULL))', 'product');

CREATE TRIGGER usage_revision_held AFTER DELETE ON public.revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('usage', 'revision');

CREATE TRIGGER usage_revision_insert AFTER INSERT ON public.usage REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER usage_revision_update AFTER UPDATE ON public.usage REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER usage_source_ids_held AFTER DELETE ON public.source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('usage', 'source_ids');

CREATE TRIGGER usage_source_ids_insert AFTER INSERT ON public.usage REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER usage_source_ids_update AFTER UPDATE ON public.usage REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER usage_stamp_revision BEFORE UPDATE ON public.usage FOR EACH ROW EXECUTE FUNCTION public.stamp_revision();

CREATE TRIGGER vendor_group_keep_deleted AFTER DELETE ON public.vendor_group REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER vendor_group_keep_history AFTER UPDATE ON public.vendor_group REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER vendor_group_revision_held AFTER DELETE ON public.revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('vendor_group', 'revision');

CREATE TRIGGER vendor_group_revision_insert AFTER INSERT ON public.vendor_group REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER vendor_group_revision_update AFTER UPDATE ON public.vendor_group REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER vendor_group_source_ids_held AFTER DELETE ON public.source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('vendor_group', 'source_ids');

CREATE TRIGGER vendor_group_source_ids_insert AFTER INSERT ON public.vendor_group REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER vendor_group_source_ids_update AFTER UPDATE ON public.vendor_group REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER vendor_group_stamp_revision BEFORE UPDATE ON public.vendor_group FOR EACH ROW EXECUTE FUNCTION public.stamp_revision();

CREATE TRIGGER vendor_group_vendor_ids_held AFTER DELETE ON public.vendor REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('vendor_group', 'vendor_ids');

CREATE TRIGGER vendor_group_vendor_ids_insert AFTER INSERT ON public.vendor_group REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(vendor_ids)', 'vendor');

CREATE TRIGGER vendor_group_vendor_ids_update AFTER UPDATE ON public.vendor_group REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(vendor_ids)', 'vendor');

CREATE TRIGGER vendor_keep_deleted AFTER DELETE ON public.vendor REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER vendor_keep_history AFTER UPDATE ON public.vendor REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER vendor_revision_held AFTER DELETE ON public.revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('vendor', 'revision');

CREATE TRIGGER vendor_revision_insert AFTER INSERT ON public.vendor REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER vendor_revision_update AFTER UPDATE ON public.vendor REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER vendor_source_ids_held AFTER DELETE ON public.source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('vendor', 'source_ids');

CREATE TRIGGER vendor_source_ids_insert AFTER INSERT ON public.vendor REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER vendor_source_ids_update AFTER UPDATE ON public.vendor REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER vendor_stamp_revision BEFORE UPDATE ON public.vendor FOR EACH ROW EXECUTE FUNCTION public.stamp_revision();

CREATE TRIGGER version_keep_deleted AFTER DELETE ON public.version REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER version_keep_history AFTER UPDATE ON public.version REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();

CREATE TRIGGER version_product_id_held AFTER DELETE ON public.product REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('version', 'product_id');

CREATE TRIGGER version_product_id_insert AFTER INSERT ON public.version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[product_id], NULL))', 'product');

CREATE TRIGGER version_product_id_update AFTER UPDATE ON public.version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(array_remove(ARRAY[product_id], NULL))', 'product');

CREATE TRIGGER version_revision_held AFTER DELETE ON public.revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('version', 'revision');

CREATE TRIGGER version_revision_insert AFTER INSERT ON public.version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER version_revision_update AFTER UPDATE ON public.version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('revision', 'revision');

CREATE TRIGGER version_source_ids_held AFTER DELETE ON public.source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_referenced('version', 'source_ids');

CREATE TRIGGER version_source_ids_insert AFTER INSERT ON public.version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER version_source_ids_update AFTER UPDATE ON public.version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.check_references('unnest(source_ids)', 'source');

CREATE TRIGGER version_stamp_revision BEFORE UPDATE ON public.version FOR EACH ROW EXECUTE FUNCTION public.stamp_revision();

ALTER TABLE ONLY public.adoption_history
    ADD CONSTRAINT adoption_history_replaced_in_fkey FOREIGN KEY (replaced_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.business_model_history
    ADD CONSTRAINT business_model_history_replaced_in_fkey FOREIGN KEY (replaced_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.correction
    ADD CONSTRAINT correction_revision_fkey FOREIGN KEY (revision) REFERENCES public.revision(id);

ALTER TABLE ONLY public.feature_history
    ADD CONSTRAINT feature_history_replaced_in_fkey FOREIGN KEY (replaced_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.import_job
    ADD CONSTRAINT import_job_reverted_in_fkey FOREIGN KEY (reverted_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.import_job
    ADD CONSTRAINT import_job_revision_fkey FOREIGN KEY (revision) REFERENCES public.revision(id);

ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.import_job(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.investment_history
    ADD CONSTRAINT investment_history_replaced_in_fkey FOREIGN KEY (replaced_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.market_history
    ADD CONSTRAINT market_history_replaced_in_fkey FOREIGN KEY (replaced_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.monetization_history
    ADD CONSTRAINT monetization_history_replaced_in_fkey FOREIGN KEY (replaced_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.offering_history
    ADD CONSTRAINT offering_history_replaced_in_fkey FOREIGN KEY (replaced_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.product_history
    ADD CONSTRAINT product_history_replaced_in_fkey FOREIGN KEY (replaced_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.release
    ADD CONSTRAINT release_revision_fkey FOREIGN KEY (revision) REFERENCES public.revision(id);

ALTER TABLE ONLY public.source_history
    ADD CONSTRAINT source_history_replaced_in_fkey FOREIGN KEY (replaced_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.survey_history
    ADD CONSTRAINT survey_history_replaced_in_fkey FOREIGN KEY (replaced_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.tombstone
    ADD CONSTRAINT tombstone_lifted_in_fkey FOREIGN KEY (lifted_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.tombstone
    ADD CONSTRAINT tombstone_retired_in_fkey FOREIGN KEY (retired_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.usage_history
    ADD CONSTRAINT usage_history_replaced_in_fkey FOREIGN KEY (replaced_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.vendor_group_history
    ADD CONSTRAINT vendor_group_history_replaced_in_fkey FOREIGN KEY (replaced_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.vendor_history
    ADD CONSTRAINT vendor_history_replaced_in_fkey FOREIGN KEY (replaced_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.version_history
    ADD CONSTRAINT version_history_replaced_in_fkey FOREIGN KEY (replaced_in) REFERENCES public.revision(id);

ALTER TABLE ONLY public.webhook_delivery
    ADD CONSTRAINT webhook_delivery_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES public.webhook(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.webhook
    ADD CONSTRAINT webhook_owner_fkey FOREIGN KEY (owner) REFERENCES public.api_key(id);

ALTER TABLE ONLY public.webhook
    ADD CONSTRAINT webhook_place_revision_fkey FOREIGN KEY (place_revision) REFERENCES public.revision(id);
