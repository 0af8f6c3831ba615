-- Tenants, versioned documents, items, the audit, and the feed that tells every process what changed.
--
-- Who works for a tenant says so in each transaction: set_config('recsys.tenant', NAME, true). Rows of other tenants can
-- then be neither read nor written, by the table's owner neither. '*' stands for an operator who may list the tenants.

create domain tenant_name as text collate "C"
    check (value ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,63}$');
create domain surface_name as text collate "C"
    check (value = '' or value ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,63}$'); -- '' for all of the tenant's
create domain version_name as text collate "C"
    check (value ~ '^sha256-[0-9a-f]{64}$');
create domain remark as text
    check (length(value) between 1 and 500 and value !~ '^\s*$');

create function acting_tenant() returns text language sql stable
    return nullif(current_setting('recsys.tenant', true), '');

create function refuse_change() returns trigger language plpgsql set search_path = recsys, pg_temp as $$
begin
    raise exception '% of % is refused: what is written there is never changed', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end $$;

-- Tenants ------------------------------------------------------------------------------------------------------------

create table tenant (
    tenant     tenant_name primary key,
    status     text        not null check (status in ('active', 'suspended')),
    serving    text        not null check (serving in ('artifacts', 'tables')),
    created_at timestamptz not null default clock_timestamp()
);

-- Documents: configurations and rules --------------------------------------------------------------------------------

-- Each content once, under the digest of its canonical text.
create table document (
    tenant  tenant_name  not null references tenant,
    kind    text         not null check (kind in ('config', 'rules')),
    version version_name not null,
    body    json         not null check (json_typeof(body) = 'object'),
    primary key (tenant, kind, version),
    check (version = 'sha256-' || encode(sha256(convert_to(body::text, 'UTF8')), 'hex'))
);

-- What came into force where, one revision after the other; no version means that it no longer has one of its own.
create table document_history (
    tenant   tenant_name  not null,
    kind     text         not null,
    surface  surface_name not null,
    revision bigint       not null check (revision > 0),
    version  version_name,
    at       timestamptz  not null default clock_timestamp(),
    actor    remark       not null,
    action   text         not null check (action in ('put', 'rollback', 'clear')),
    reason   remark       not null,
    change   uuid         not null unique,
    primary key (tenant, kind, surface, revision),
    foreign key (tenant, kind, version) references document,
    check ((action = 'clear') = (version is null))
);

create table document_current (
    tenant   tenant_name  not null,
    kind     text         not null,
    surface  surface_name not null,
    revision bigint       not null,
    primary key (tenant, kind, surface),
    foreign key (tenant, kind, surface, revision) references document_history
);

-- Items --------------------------------------------------------------------------------------------------------------

create table item_history (
    tenant   tenant_name  not null references tenant,
    revision bigint       not null check (revision > 0),
    version  version_name not null,
    items    bigint       not null check (items >= 0),
    changed  bigint       not null check (changed >= 0),
    at       timestamptz  not null default clock_timestamp(),
    actor    remark       not null,
    reason   remark       not null,
    change   uuid         not null unique,
    primary key (tenant, revision)
);

create table item_current (
    tenant   tenant_name primary key references tenant,
    revision bigint      not null,
    foreign key (tenant, revision) references item_history
);

-- An item as it was from one revision on, up to the one that replaced or removed it.
create table item (
    tenant         tenant_name        not null references tenant,
    item           text collate "C"   not null check (length(item) between 1 and 512),
    from_revision  bigint             not null check (from_revision > 0),
    until_revision bigint             check (until_revision > from_revision),
    brand          text collate "C"   check (length(brand) between 1 and 200),
    categories     text[] collate "C" not null check (cardinality(categories) <= 1000 and array_position(categories, null) is null),
    tags           text[] collate "C" not null check (cardinality(tags) <= 1000 and array_position(tags, null) is null),
    price          double precision   check (price >= 0 and price < 'Infinity'),
    available      boolean            not null,
    created_at     timestamptz        check (isfinite(created_at)),
    primary key (tenant, item, from_revision)
);
create unique index item_in_force on item (tenant, item) where until_revision is null;
create index item_replaced on item (tenant, until_revision) where until_revision is not null;

-- Audit and feed -----------------------------------------------------------------------------------------------------

-- Every change, with who made it and why; what was before and after, by version, release or status.
create table audit (
    id      bigint       generated always as identity primary key,
    tenant  tenant_name  not null,
    surface surface_name not null,
    at      timestamptz  not null default clock_timestamp(),
    actor   remark       not null,
    kind    text         not null check (kind in ('tenant', 'config', 'rules', 'items', 'release', 'history', 'signals', 'invalidate')),
    action  text         not null check (length(action) between 1 and 50),
    before  text         not null default '' check (length(before) <= 500),
    after   text         not null default '' check (length(after) <= 500),
    reason  remark       not null,
    change  uuid         not null unique
);
create index audit_of_tenant on audit (tenant, id);

-- That something changed, and nothing of what; seen by every process of the fleet. Who reads it goes by tx: an id that is
-- smaller than one that was read already may be committed later, a transaction before the oldest open one may not.
create table feed (
    id      bigint       generated always as identity primary key,
    tx      xid8         not null default pg_current_xact_id(),
    at      timestamptz  not null default clock_timestamp(),
    tenant  tenant_name  not null,
    surface surface_name not null,
    kind    text         not null
);
create index feed_by_tx on feed (tx);

create function tell_the_fleet() returns trigger language plpgsql set search_path = recsys, pg_temp as $$
begin
    insert into feed (tenant, surface, kind) values (new.tenant, new.surface, new.kind);
    perform pg_notify('recsys', new.kind);
    return null;
end $$;
create trigger audit_tells after insert on audit for each row execute function tell_the_fleet();

-- Which processes have applied an invalidation.
create table applied (
    feed_id  bigint      not null references feed on delete cascade,
    tenant   tenant_name not null,
    instance text        not null check (length(instance) between 1 and 200),
    at       timestamptz not null default clock_timestamp(),
    primary key (feed_id, instance)
);

-- What is never changed ----------------------------------------------------------------------------------------------

create trigger document_stays before update or delete on document for each row execute function refuse_change();
create trigger document_history_stays before update or delete on document_history for each row execute function refuse_change();
create trigger item_history_stays before update or delete on item_history for each row execute function refuse_change();
create trigger audit_stays before update or delete on audit for each row execute function refuse_change();
create trigger document_is_not_emptied before truncate on document execute function refuse_change();
create trigger document_history_is_not_emptied before truncate on document_history execute function refuse_change();
create trigger item_history_is_not_emptied before truncate on item_history execute function refuse_change();
create trigger audit_is_not_emptied before truncate on audit execute function refuse_change();

-- Whose rows they are ------------------------------------------------------------------------------------------------

create procedure guard(guarded text) language plpgsql set search_path = recsys, pg_temp as $$
begin
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format('create policy own_rows on %I using (tenant = acting_tenant()) with check (tenant = acting_tenant())', guarded);
end $$;

call guard('tenant');
call guard('document');
call guard('document_history');
call guard('document_current');
call guard('item_history');
call guard('item_current');
call guard('item');
call guard('audit');
call guard('applied');
create policy listed on tenant for select using (acting_tenant() = '*');

alter table feed enable row level security;
alter table feed force row level security;
create policy all_see on feed for select using (true);
create policy own_rows on feed for insert with check (tenant = acting_tenant());
create policy own_age on feed for delete using (at < clock_timestamp() - interval '1 day');

-- What a role needs that serves and edits; later steps replace this with what they add.
create procedure grant_to(grantee text) language plpgsql set search_path = recsys, pg_temp as $$
begin
    execute format('grant usage on schema recsys to %I', grantee);
    execute format('grant select on flyway_schema_history to %I', grantee);
    execute format('grant select, insert on document, document_history, item_history, audit, applied to %I', grantee);
    execute format('grant select, insert, delete on feed to %I', grantee);
    execute format('grant select, insert, update on tenant, document_current, item_current to %I', grantee);
    execute format('grant select, insert, update, delete on item to %I', grantee);
end $$;
