-- What each day adds to the signals of a scope, a tenant's surface. Nothing but the window is there: a fill removes what leaves it.

-- What is there of a scope; one row for each that was ever filled, so that its revision never starts again.
create table signal_tables (
    tenant      tenant_name  not null references tenant,
    surface     surface_name not null check (surface <> ''),
    revision    bigint       not null check (revision > 0),
    replacement text         not null check (replacement ~ '^[a-z0-9-]{1,64}$'),
    settings    text         not null check (length(settings) between 1 and 65536),
    filled_at   timestamptz  not null check (isfinite(filled_at)),
    primary key (tenant, surface)
);

-- What is known of a day beside its sums; a day on which nothing happened is there too.
create table signal_day (
    tenant           tenant_name      not null,
    surface          surface_name     not null,
    day              date             not null check (isfinite(day)),
    events           bigint           not null check (events >= 0),
    sessions         bigint           not null check (sessions >= 0),
    share            double precision not null check (share >= 0 and share < 'Infinity'),
    carried_sessions bigint           not null check (carried_sessions >= 0),
    cut_sessions     bigint           not null check (cut_sessions >= 0),
    oldest           timestamptz      not null check (isfinite(oldest)),
    newest           timestamptz      not null check (isfinite(newest)),
    newest_session   timestamptz      not null check (isfinite(newest_session)),
    primary key (tenant, surface, day),
    foreign key (tenant, surface) references signal_tables
);

-- The sums. A day's are written once, together with the day, and removed together with it, by who has the tenant's lock: a
-- foreign key would look up the day again for each of millions of rows. They have no key of their own for the like reason,
-- and because two ids of 512 characters are more than an index takes: nobody looks for one row, and the same row twice
-- would only be added up. What all read and remove is a scope's days.

create table popularity_daily (
    tenant  tenant_name      not null,
    surface surface_name     not null,
    day     date             not null,
    segment text collate "C" not null, -- '' for everybody's
    item    text collate "C" not null check (item <> ''),
    amount  double precision not null check (amount >= 0 and amount < 'Infinity'),
    events  bigint           not null check (events > 0)
);
create index popularity_of_day on popularity_daily (tenant, surface, day);

create table item_sessions_daily (
    tenant  tenant_name      not null,
    surface surface_name     not null,
    day     date             not null,
    item    text collate "C" not null check (item <> ''),
    share   double precision not null check (share >= 0 and share < 'Infinity')
);
create index item_sessions_of_day on item_sessions_daily (tenant, surface, day);

create table cooc_daily (
    tenant    tenant_name      not null,
    surface   surface_name     not null,
    day       date             not null,
    item      text collate "C" not null check (item <> ''),
    neighbour text collate "C" not null check (neighbour > item),
    sessions  bigint           not null check (sessions > 0),
    share     double precision not null check (share >= 0 and share < 'Infinity')
);
create index cooc_of_day on cooc_daily (tenant, surface, day);

-- Whose rows they are ------------------------------------------------------------------------------------------------

call guard('signal_tables');
call guard('signal_day');
call guard('popularity_daily');
call guard('item_sessions_daily');
call guard('cooc_daily');

create procedure grant_sums_to(grantee text) language plpgsql set search_path = recsys, pg_temp as $$
begin
    execute format('grant select, insert, update on signal_tables to %I', grantee); -- no delete: revisions never start again
    execute format('grant select, insert, delete on signal_day, popularity_daily, item_sessions_daily, cooc_daily to %I', grantee);
end $$;

create or replace procedure grant_to(grantee text) language plpgsql set search_path = recsys, pg_temp as $$
begin
    call grant_controls_to(grantee);
    call grant_history_to(grantee);
    call grant_sums_to(grantee);
end $$;
