-- What users did with items, by month; and whom recsys was told to forget.

-- A person is named by a digest where the id may not stand. A tenant's name has no '/', so no two persons share a text.
create function person(tenant text, user_id text) returns bytea language sql stable -- as convert_to is, or it would not be inlined
    return sha256(convert_to(tenant || '/' || user_id, 'UTF8'));

create table interaction (
    tenant  tenant_name      not null,
    surface surface_name     not null check (surface <> ''),
    user_id text collate "C" not null check (octet_length(user_id) between 1 and 800),
    item    text collate "C" not null check (octet_length(item) between 1 and 1536),
    type    text collate "C" not null check (octet_length(type) between 1 and 100),
    at      timestamptz      not null check (isfinite(at))
) partition by range (at);

-- Finds the newest of a user and all of a person, and lets the same interaction be written any number of times.
create unique index interaction_of_user on interaction (tenant, user_id, surface, at desc, item, type);

-- The mark of who was forgotten: nothing that the person did until then is written again.
create table history_forgotten (
    tenant tenant_name not null,
    person bytea       not null check (length(person) = 32),
    at     timestamptz not null check (isfinite(at)),
    until  timestamptz not null check (until >= at), -- when what the mark keeps out is too old to be written anyway
    primary key (tenant, person)
);
create index history_forgotten_until on history_forgotten (until);

-- Who writes shares a tenant's lock, who forgets has it alone: what was under way then is either deleted or refused.
create function history_lock(tenant text) returns bigint language sql immutable
    return hashtextextended('recsys history of ' || tenant, 0);

create function refuse_the_forgotten() returns trigger language plpgsql set search_path = recsys, pg_temp as $$
begin
    perform pg_advisory_xact_lock_shared(history_lock(new.tenant));
    if exists (select 1 from history_forgotten f -- sees what was committed until the lock was had
               where f.tenant = new.tenant and f.person = person(new.tenant, new.user_id) and f.at >= new.at) then
        return null;
    end if;
    return new;
end $$;
create trigger interaction_not_of_the_forgotten before insert on interaction
    for each row execute function refuse_the_forgotten();

-- Months -------------------------------------------------------------------------------------------------------------

-- Makes the partition of a month of UTC, interaction_YYYY_MM, if it is not there. Attaching lets others read and write.
create function make_history_month(month date) returns boolean
    language plpgsql security definer set search_path = recsys, pg_temp set timezone = 'UTC' as $$
declare
    first date := date_trunc('month', month);
    name  text := 'interaction_' || to_char(first, 'YYYY_MM');
begin
    if first < date '2000-01-01' or first > clock_timestamp() + interval '1 year' then
        raise exception 'no month of history is made for %', first using errcode = 'datetime_field_overflow';
    end if;
    if exists (select 1 from pg_class where relname = name and relnamespace = 'recsys'::regnamespace) then
        return false;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('recsys months of history', 0));
    if exists (select 1 from pg_class where relname = name and relnamespace = 'recsys'::regnamespace) then
        return false; -- not to_regclass: it may remember from before the lock that there is none
    end if;
    execute format('create table %I (like interaction including all)', name);
    call guard(name);
    execute format('alter table interaction attach partition %I for values from (%L) to (%L)',
        name, first::timestamptz, (first + interval '1 month')::timestamptz);
    return true;
end $$;

-- Drops the months that had ended before a time, which is at least a day ago; returns how many.
create function drop_history_before(cutoff timestamptz) returns integer
    language plpgsql security definer set search_path = recsys, pg_temp set timezone = 'UTC' as $$
declare
    name    text;
    dropped integer := 0;
begin
    if cutoff is null or cutoff > clock_timestamp() - interval '1 day' then
        raise exception 'history of less than a day ago is not dropped, and % is', cutoff using errcode = 'datetime_field_overflow';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('recsys months of history', 0));
    for name in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'interaction'::regclass
          and to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= cutoff
        order by c.relname
    loop
        execute format('drop table %I', name);
        dropped := dropped + 1;
    end loop;
    return dropped;
end $$;

revoke all on function make_history_month(date), drop_history_before(timestamptz) from public;

-- Whose rows they are ------------------------------------------------------------------------------------------------

call guard('interaction');

alter table history_forgotten enable row level security;
alter table history_forgotten force row level security;
create policy own_rows on history_forgotten for select using (tenant = acting_tenant());
create policy own_marks on history_forgotten for insert with check (tenant = acting_tenant());
create policy own_times on history_forgotten for update using (tenant = acting_tenant()) with check (tenant = acting_tenant());
create policy over_is_seen on history_forgotten for select using (acting_tenant() = '*' and until < clock_timestamp());
create policy over_may_go on history_forgotten for delete using (acting_tenant() = '*' and until < clock_timestamp());

alter procedure grant_to(text) rename to grant_controls_to;

create procedure grant_history_to(grantee text) language plpgsql set search_path = recsys, pg_temp as $$
begin
    execute format('grant select, insert, delete on interaction to %I', grantee); -- and nothing on a month itself
    execute format('grant select, insert, update, delete on history_forgotten to %I', grantee);
    execute format('grant execute on function make_history_month(date), drop_history_before(timestamptz) to %I', grantee);
end $$;

create procedure grant_to(grantee text) language plpgsql set search_path = recsys, pg_temp as $$
begin
    call grant_controls_to(grantee);
    call grant_history_to(grantee);
end $$;
