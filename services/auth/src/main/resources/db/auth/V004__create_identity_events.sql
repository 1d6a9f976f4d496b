-- Every change of identity, written in its transaction: the feed that services ask, and the outbox for Kafka. Of one
-- subject the later state has the greater sequence, as it is written after the subject's row was locked.
create table identity_event (
    sequence  bigint      not null generated always as identity primary key,
    xid       xid8        not null default pg_current_xact_id(),
    subject   text        not null check (length(subject) <= 300),
    type      text        not null,
    -- How the subject stands now, without address, name or secret; null when it is gone.
    state     jsonb,
    at        timestamptz not null default now(),
    published boolean     not null default false
);
create index identity_event_by_xid on identity_event (xid);
create index identity_event_by_subject on identity_event (subject, sequence);
create index identity_event_outbox on identity_event (sequence) where not published;

-- Nobody who serves reads the table itself.
alter table identity_event enable row level security;
alter table identity_event force row level security;
create policy changes_are_told on identity_event for insert to auth with check (true);
create policy functions_see_all on identity_event to auth_owner using (true) with check (true);
grant insert (subject, type, state) on identity_event to auth;

create function tell_of_identity_event() returns trigger language plpgsql as
$$
begin
    perform pg_notify('hearth_identity', '');
    return null;
end
$$;
create trigger told after insert on identity_event for each statement execute function tell_of_identity_event();

-- The topic that holds the copy. One row.
create table identity_topic (
    one      boolean not null primary key default true check (one),
    topic_id text    not null
);

-- Subjects whose changes were committed between the snapshot asked for and the query's own: each once, however
-- transactions overlap, and without waiting for any of them.
create function identity_changes(p_since pg_snapshot, p_most int) returns setof text
    stable security definer set search_path = auth language sql as
$$
    select e.subject from identity_event e
    where e.xid >= pg_snapshot_xmin(p_since) and not pg_visible_in_snapshot(e.xid, p_since)
    order by e.sequence limit p_most
$$;

create function next_identity_events(p_most int)
    returns table (sequence bigint, subject text, type text, state text, at timestamptz)
    stable security definer set search_path = auth language sql as
$$
    select e.sequence, e.subject, e.type, e.state::text, e.at
    from identity_event e where not e.published order by e.sequence limit p_most
$$;

create function identity_events_published(p_sequences bigint[]) returns void
    security definer set search_path = auth language sql as
$$
    update identity_event e set published = true where e.sequence = any (p_sequences)
$$;

-- Another topic than last time holds nothing: every subject's last state is published again.
create function identity_topic_is(p_topic_id text) returns void
    security definer set search_path = auth language plpgsql as
$$
begin
    if not exists (select 1 from identity_topic t where t.topic_id = p_topic_id) then
        insert into identity_topic as t (topic_id) values (p_topic_id)
            on conflict (one) do update set topic_id = excluded.topic_id;
        update identity_event e set published = false
            where e.published and not exists (
                select 1 from identity_event later where later.subject = e.subject and later.sequence > e.sequence);
    end if;
end
$$;

-- Keeps the last state of every subject, and of one that is gone nothing for ever.
create function forget_identity_events(p_before timestamptz) returns void
    security definer set search_path = auth language sql as
$$
    delete from identity_event e
    where e.published and e.at < p_before
      and (e.state is null or exists (
            select 1 from identity_event later where later.subject = e.subject and later.sequence > e.sequence))
$$;

revoke all on function identity_changes, next_identity_events, identity_events_published, identity_topic_is,
    forget_identity_events from public;
grant execute on function identity_changes, next_identity_events, identity_events_published, identity_topic_is,
    forget_identity_events to auth;
