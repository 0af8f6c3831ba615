-- What was shown and what users did, as logs write it to files: a line each, with what is asked for beside it.

-- The text of the line is kept as it is, which jsonb would not: it changes numbers and the order of keys, and refuses \u0000.
create table exposure (
    tenant     tenant_name      not null,
    surface    surface_name     not null check (surface <> ''),
    at         timestamptz      not null check (isfinite(at)),
    sink       uuid             not null, -- with the number the name of a line: written again, it is there once
    number     bigint           not null check (number > 0),
    user_id    text collate "C" check (octet_length(user_id) between 1 and 2048), -- a pseudonym as a rule
    request_id text collate "C" check (octet_length(request_id) between 1 and 2048),
    release    bigint           not null,
    experiment text collate "C",
    variant    text collate "C",
    body       json             not null check (json_typeof(body) = 'object'),
    check ((experiment is null) = (variant is null))
) partition by range (at);
create unique index exposure_by_time on exposure (tenant, at, sink, number);
create index exposure_of_user on exposure (tenant, user_id) where user_id is not null;
create index exposure_of_request on exposure (tenant, request_id) where request_id is not null;

create table outcome (
    tenant     tenant_name      not null,
    surface    surface_name     not null check (surface <> ''),
    at         timestamptz      not null check (isfinite(at)),
    sink       uuid             not null,
    number     bigint           not null check (number > 0),
    user_id    text collate "C" not null check (octet_length(user_id) between 1 and 2048),
    request_id text collate "C" check (octet_length(request_id) between 1 and 2048),
    type       text collate "C" not null,
    body       json             not null check (json_typeof(body) = 'object')
) partition by range (at);
create unique index outcome_by_time on outcome (tenant, at, sink, number);
create index outcome_of_user on outcome (tenant, user_id);
create index outcome_of_request on outcome (tenant, request_id) where request_id is not null;

-- Nothing of who is forgotten comes back here either, under any of the names that were marked.
create trigger exposure_not_of_the_forgotten before insert on exposure
    for each row execute function refuse_the_forgotten();
create trigger outcome_not_of_the_forgotten before insert on outcome
    for each row execute function refuse_the_forgotten();

-- Months -------------------------------------------------------------------------------------------------------------

create function make_log_month(month date) returns boolean
    language plpgsql security definer set search_path = recsys, pg_temp set timezone = 'UTC' as $$
declare
    first  date := date_trunc('month', month);
    whole  text;
    name   text;
    made   boolean := false;
begin
    if first < date '2000-01-01' or first > clock_timestamp() + interval '1 year' then
        raise exception 'no month of a log is made for %', first using errcode = 'datetime_field_overflow';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('recsys months of logs', 0));
    foreach whole in array array['exposure', 'outcome'] loop
        name := whole || '_' || to_char(first, 'YYYY_MM');
        if not exists (select 1 from pg_class where relname = name and relnamespace = 'recsys'::regnamespace) then
            execute format('create table %I (like %I including all)', name, whole);
            call guard(name);
            execute format('alter table %I attach partition %I for values from (%L) to (%L)',
                whole, name, first::timestamptz, (first + interval '1 month')::timestamptz);
            made := true;
        end if;
    end loop;
    return made;
end $$;

-- Drops the months that had ended before a time, which is at least a day ago; returns how many.
create function drop_log_before(cutoff timestamptz) returns integer
    language plpgsql security definer set search_path = recsys, pg_temp set timezone = 'UTC' as $$
declare
    name    text;
    dropped integer := 0;
begin
    if cutoff is null or cutoff > clock_timestamp() - interval '1 day' then
        raise exception 'a log of less than a day ago is not dropped, and % is', cutoff using errcode = 'datetime_field_overflow';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('recsys months of logs', 0));
    for name in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent in ('exposure'::regclass, 'outcome'::regclass)
          and to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= cutoff
        order by c.relname
    loop
        execute format('drop table %I', name);
        dropped := dropped + 1;
    end loop;
    return dropped;
end $$;

revoke all on function make_log_month(date), drop_log_before(timestamptz) from public;

-- Whose rows they are ------------------------------------------------------------------------------------------------

call guard('exposure');
call guard('outcome');

create procedure grant_log_to(grantee text) language plpgsql set search_path = recsys, pg_temp as $$
begin
    execute format('grant select, insert, delete on exposure, outcome to %I', grantee); -- and nothing on a month itself
    execute format('grant execute on function make_log_month(date), drop_log_before(timestamptz) to %I', grantee);
end $$;

create or replace procedure grant_to(grantee text) language plpgsql set search_path = recsys, pg_temp as $$
begin
    call grant_controls_to(grantee);
    call grant_history_to(grantee);
    call grant_sums_to(grantee);
    call grant_log_to(grantee);
end $$;
