-- The view "usage": one row a store.
create table usage (
    build      int         not null,
    store      uuid        not null,
    owner      text        not null,
    face       text        not null,
    client_id  text        not null,
    kind       text        not null,
    private    boolean     not null,
    generation bigint      not null,
    events     bigint      not null,
    bytes      bigint      not null,
    first_at   timestamptz not null,
    last_at    timestamptz not null,
    primary key (build, store)
)
with (fillfactor = 50);
create index usage_by_owner on usage (owner, build, store);

alter table usage enable row level security;
alter table usage force row level security;
create policy callers_own on usage to projection
    using (owner = any (caller_principals())) with check (owner = any (caller_principals()));
create policy builds_are_dropped on usage to projection_owner using (true);

grant select, insert, update, delete on usage to projection;

create function drop_usage(p_build int, p_limit int) returns int
    security definer set search_path = projection language plpgsql as
$$
declare
    v_count int;
begin
    perform 1 from build b where b.view = 'usage' and b.number = p_build and b.state = 'retired';
    if not found then
        return 0;
    end if;
    delete from usage x where x.ctid = any (array(select u.ctid from usage u where u.build = p_build limit p_limit));
    get diagnostics v_count = row_count;
    return v_count;
end
$$;

revoke all on function drop_usage from public;
grant execute on function drop_usage to projection;
