-- What `accept` does beside storing, for the few messages that need it. Each is called in its
-- transaction, with the conversations locked already; `fresh` are the places of what is new.

-- change_messages: an edit or a revoke of what was said. While its message waits in the open batch
-- the batch changes; of what is being answered, or was, it is only shown (trap 19). The row lock of
-- the conversation, which `claim` takes too, decides which of both it is. One that comes before
-- its message is parked until that comes, or is given up. Only who wrote a message may change it: it
-- is looked for in the same conversation and direction, at first in all of it.
create or replace function change_messages(p_conversation bigint[], m_inbox bigint[], m_external text[], fresh integer[])
returns void language plpgsql as $$
declare
    change record;
    target message;
    conv conversation;
    in_batch boolean;
    looked_max constant integer := 2000;
    parked_max constant integer := 100;
    came bigint[];
begin
    with parked as (
        insert into parked_change (merchant_id, conversation_id, message_id)
        select m.merchant_id, m.conversation_id, m.id
        from unnest(p_conversation) c(id), lateral (
            -- Nothing is older than this transaction here: the newest of the conversation.
            select x.* from message x where x.conversation_id = c.id order by x.id desc limit cardinality(fresh)) m
        where m.kind in ('edit', 'revoke') and m.reply_to is not null
          and (m.inbox_id, m.external_id) in (select m_inbox[f], m_external[f] from unnest(fresh) f)
        returning message_id)
    select array_agg(p.message_id) into came from parked p;

    for change in
        select m.* from (
            select p.message_id from parked_change p where p.conversation_id = any (p_conversation)
            order by p.message_id desc limit parked_max) p join message m on m.id = p.message_id order by m.id
    loop
        select x.* into target from (
            select y.* from message y where y.conversation_id = change.conversation_id
            -- One that came before is found when its message comes: that is a late one, not an old one.
            order by y.id desc limit case when change.id = any (came) and exists (select 1 from message_key s
                where s.inbox_id = change.inbox_id and s.external_id = change.reply_to) then null else looked_max end) x
        where x.external_id = change.reply_to and x.direction = change.direction
          and x.kind not in ('edit', 'revoke', 'reaction');
        continue when not found;
        select * into conv from conversation k where k.id = change.conversation_id;
        -- Closed and leased: somebody is answering it. Closed without a lease: it will be read again.
        in_batch := target.batch_id is null and target.wakes and target.direction = 'in'
            and (target.id > conv.closed_id or conv.lease_until is null);
        if change.kind = 'edit' then
            update message m set
                body = case when in_batch then change.body else m.body end,
                content = coalesce(m.content, '{}') || jsonb_build_object('edited', change.body)
                    || case when in_batch then jsonb_build_object('edits',
                        coalesce(m.content -> 'edits', '[]') || jsonb_build_array(m.body)) else '{}' end
            where m.id = target.id;
        else
            update message m set
                wakes = m.wakes and not in_batch,
                note = case when in_batch then 'revoked' else m.note end,
                content = coalesce(m.content, '{}') || jsonb_build_object('revoked', true)
            where m.id = target.id;
            if in_batch then
                perform take_out(conv.id, target.id);
            end if;
        end if;
        delete from parked_change p where p.message_id = change.id;
    end loop;

    update conversation k set parked = exists (select 1 from parked_change p where p.conversation_id = k.id)
    where k.id = any (p_conversation)
      and k.parked <> exists (select 1 from parked_change p where p.conversation_id = k.id);
end $$;

-- give_up_changes: what they are about does not come any more. The thread says so, and nothing asks
-- for it again.
create or replace function give_up_changes(p_after_s double precision, p_limit integer)
returns table (merchant bigint, conversation bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    late constant timestamptz := clock_timestamp() - make_interval(secs => p_after_s);
    locked bigint[];
begin
    locked := array(
        select k.id from conversation k
        where k.id = any (array(select p.conversation_id from parked_change p where p.parked_at < late
            order by p.parked_at limit p_limit))
        order by k.inbox_id, k.contact_id for no key update skip locked);
    with gone as (
        delete from parked_change p where p.conversation_id = any (locked) and p.parked_at < late returning p.message_id)
    update message m set note = 'unmatched' from gone where m.id = gone.message_id;
    return query
    update conversation k set parked = exists (select 1 from parked_change p where p.conversation_id = k.id)
    where k.id = any (locked) returning k.merchant_id, k.id;
end $$;

-- take_out: a message left the open batch; nothing is due when nothing is left of it.
create or replace function take_out(p_conversation bigint, p_message bigint) returns void
language sql as $$
    update conversation k set
        pending = greatest(0, k.pending - (p_message > k.closed_id)::integer),
        due_at = case when waits.one then k.due_at end,
        attempts = case when waits.one or k.lease_until is not null then k.attempts else 0 end
    from (select exists (select 1 from message m join conversation c on c.id = m.conversation_id
            where m.conversation_id = p_conversation and m.batch_id is null and m.wakes and m.direction = 'in'
              and (m.id > c.closed_id or c.lease_until is null)) as one) waits
    where k.id = p_conversation
$$;

-- hear_echoes: what the owner wrote on the phone gives the conversation to a person. An echo of our
-- own send does not: it is known by the provider's id or, while that is not recorded yet (the echo
-- may come before the response), by its words or as the one file that is under way; then it proves
-- that the send left (trap 16). Our message stands there already: the echo of it does not stay.
create or replace function hear_echoes(m_inbox bigint[], m_external text[], fresh integer[], conversations bigint[])
returns void language plpgsql as $$
declare
    echo record;
    own outbox;
begin
    for echo in
        select m.* from unnest(fresh) f, lateral (
            select x.* from message x where x.conversation_id = conversations[f] order by x.id desc limit cardinality(fresh)) m
        where m.external_id = m_external[f] and m.direction = 'out' and m.note = 'echo' order by m.id
    loop
        select o.* into own from outbox o
        where o.inbox_id = echo.inbox_id and o.external_id = echo.external_id limit 1;
        if not found or own.state in ('queued', 'sending', 'unknown') then
            -- Of an unknown one the id is only what we asked for: an older provider gave another.
            select o.* into own from outbox o join message m on m.id = o.message_id
            where o.conversation_id = echo.conversation_id and echo.kind not in ('edit', 'revoke', 'reaction')
              -- One that goes out again may have left before, as with a status that carries our tag.
              and (o.state in ('sending', 'unknown') or (o.state = 'queued' and o.attempt > 0))
              and (o.external_id = echo.external_id or ((o.external_id is null or o.state = 'unknown')
                   and (m.body = echo.body or (m.content ? 'send' and echo.content ? 'attachments'))))
            order by o.external_id is distinct from echo.external_id, o.id limit 1 for no key update of o;
            if found then
                update outbox set state = 'accepted', external_id = echo.external_id, holder = null,
                    accepted_at = coalesce(accepted_at, now()) where id = own.id;
                perform take_back(array[own.id]);
            end if;
        end if;
        if own.id is not null then
            update outbox set sent_at = coalesce(sent_at, echo.provider_at) where id = own.id;
            delete from message where id = echo.id;
        else
            perform pause_assistant(echo.conversation_id);
        end if;
    end loop;
end $$;

-- pause_assistant: a person speaks in this conversation; as a take-over, by nobody whom we know. What
-- waited is answered by it no less than by an operator here: it stays with the person.
create or replace function pause_assistant(p_conversation bigint) returns void language plpgsql as $$
begin
    update conversation k set person_at = now() where k.id = p_conversation;
    update conversation k set state = 'human', fence = k.fence + 1, lease_until = null, holder = null, due_at = null,
        human_since = coalesce(k.human_since, now()), hand_over_reason = 'owner_wrote'
    where k.id = p_conversation and k.state = 'bot';
    if not found then
        return;
    end if;
    perform withdraw(p_conversation);
end $$;

-- add_to_messages: files, and the longer window of what an ad opened.
create or replace function add_to_messages(
    p_more jsonb, m_inbox bigint[], m_external text[], m_provider_at timestamptz[], fresh integer[], conversations bigint[])
returns void language plpgsql as $$
begin
    if p_more ? 'media' then
        insert into media (merchant_id, inbox_id, conversation_id, message_id, external_id, place,
            kind, source, mime, sha256, file_name, voice, kept, state)
        select m.merchant_id, m.inbox_id, m.conversation_id, m.id, m.external_id, a.place,
            a.kind, a.source, a.mime, a.sha256, a.file_name, a.voice, a.kept,
            case when a.kept then 'queued' else 'linked' end
        from jsonb_to_recordset(p_more -> 'media') a(m integer, place integer, kind text, source text, mime text,
            sha256 text, file_name text, voice boolean, kept boolean),
            lateral (select x.* from message x where x.conversation_id = conversations[a.m]
                     order by x.id desc limit cardinality(fresh)) m
        where a.m = any (fresh) and m.external_id = m_external[a.m]
        order by m.id, a.place;
    end if;
    if p_more ? 'free' then
        update conversation k set free_entry_at = greatest(k.free_entry_at, f.at)
        from (select conversations[u.m] as id, max(coalesce(m_provider_at[u.m], now())) as at
              from jsonb_array_elements_text(p_more -> 'free') e(m), lateral (select e.m::integer as m) u
              where u.m = any (fresh) group by 1) f
        where k.id = f.id;
    end if;
end $$;

-- learn_names: the new names find whoever had the old one, as of now: what stands in the same group of
-- webhooks under either name is theirs. forget_names: the old name finds nobody any more, and stays in
-- the history. Said again (a webhook that comes back, the journal), it changes nothing: the old name
-- may be somebody else's by then.
-- A new name that finds somebody else already is left to them, and who would be left without any name
-- keeps the old one. Are both one person? Surely, when the other was first met under that name after the
-- change; else the name may be a number that was given to somebody new, and a person is asked.
drop function if exists rename_aliases(bigint[], jsonb);
create or replace function learn_names(w_merchant bigint[], p_renames jsonb) returns void language plpgsql as $$
declare
    renamed record;
begin
    for renamed in select * from renames_to_do(w_merchant, p_renames) loop
        perform hold_contacts(array[renamed.whose]);
        insert into contact_alias (merchant_id, kind, value, contact_id)
        select renamed.merchant, n.kind, n.value, renamed.whose
        from jsonb_to_recordset(renamed.new) n(kind text, value text) order by 1, 2, 3 on conflict do nothing;
    end loop;
end $$;

create or replace function forget_names(w_merchant bigint[], p_renames jsonb) returns void language plpgsql as $$
declare
    renamed record;
begin
    -- Once more, for those whom a message of this group was the first to name.
    perform learn_names(w_merchant, p_renames);
    for renamed in select * from renames_to_do(w_merchant, p_renames) loop
        insert into contact_alias_past (merchant_id, contact_id, kind, value, until_at)
        values (renamed.merchant, renamed.whose, renamed.kind, renamed.value, coalesce(renamed.at, now()));
        insert into merge_wish as w (merchant_id, kept_id, gone_id, sure, asks, actor)
        select renamed.merchant, least(l.contact_id, renamed.whose), greatest(l.contact_id, renamed.whose),
            coalesce(bool_or(l.created_at >= renamed.at), false), not coalesce(bool_or(l.created_at >= renamed.at), false), 'provider'
        from jsonb_to_recordset(renamed.new) n(kind text, value text)
            join contact_alias l on l.merchant_id = renamed.merchant and l.kind = n.kind and l.value = n.value
        where l.contact_id <> renamed.whose group by 2, 3 order by 2, 3
        on conflict (kept_id, gone_id) do update set sure = excluded.sure, asks = excluded.asks, actor = excluded.actor
            where excluded.sure and not w.sure and w.refused_at is null;
        delete from contact_alias l
        where l.merchant_id = renamed.merchant and l.kind = renamed.kind and l.value = renamed.value
          and exists (select 1 from jsonb_to_recordset(renamed.new) n(kind text, value text)
              join contact_alias o on o.merchant_id = renamed.merchant and o.kind = n.kind and o.value = n.value
              where o.contact_id = l.contact_id);
    end loop;
end $$;

-- renames_to_do: those of a known name that were not done before, in one order.
create or replace function renames_to_do(w_merchant bigint[], p_renames jsonb)
returns table (merchant bigint, kind text, value text, new jsonb, at timestamptz, whose bigint)
language sql volatile as $$
    select l.merchant_id, l.kind, l.value, r.new, r.at, l.contact_id
    from jsonb_to_recordset(p_renames) r(w integer, kind text, value text, new jsonb, at timestamptz)
        join contact_alias l on l.merchant_id = w_merchant[r.w] and l.kind = r.kind and l.value = r.value
    where not exists (select 1 from jsonb_to_recordset(r.new) n(kind text, value text)
            where n.kind = r.kind and n.value = r.value)
      and not exists (select 1 from contact_alias_past p
            where p.merchant_id = l.merchant_id and p.kind = r.kind and p.value = r.value
              and (p.until_at = r.at or (r.at is null and p.contact_id = l.contact_id)))
    order by 1, 2, 3
$$;

-- tell_templates: what the provider says became of its approved texts. Each thing that is said has its
-- own moment; what is older than what is known changes nothing (webhooks come late and twice). A
-- status that is newer than our own pause ends it. What is not known yet is asked for: a sync is due.
create or replace function tell_templates(w_merchant bigint[], w_inbox bigint[], p_told jsonb) returns void language plpgsql as $$
declare
    said record;
begin
    for said in
        select w_merchant[r.w] as merchant, i.channel, coalesce(r.provider_at, now()) as at, r.* from jsonb_to_recordset(p_told)
            r(w integer, scope text, name text, language text, external_id text, what text, value text, reason text,
              provider_at timestamptz), inbox i
        where i.id = w_inbox[r.w] order by r.scope, r.name, r.language, at
    loop
        update template t set
            status = case when said.what = 'status' and said.at >= t.status_at then said.value else t.status end,
            reason = case when said.what = 'status' and said.at >= t.status_at then nullif(said.reason, '') else t.reason end,
            status_at = case when said.what = 'status' then greatest(t.status_at, said.at) else t.status_at end,
            quality = case when said.what = 'quality' and said.at >= t.quality_at then said.value else t.quality end,
            quality_at = case when said.what = 'quality' then greatest(t.quality_at, said.at) else t.quality_at end,
            category = case when said.what = 'category' and said.at >= t.category_at then said.value else t.category end,
            category_at = case when said.what = 'category' then greatest(t.category_at, said.at) else t.category_at end,
            paused_at = case when said.what = 'status' and said.value = 'APPROVED' and said.at > t.paused_at then null else t.paused_at end,
            paused_reason = case when said.what = 'status' and said.value = 'APPROVED' and said.at > t.paused_at then null
                else t.paused_reason end
        where t.merchant_id = said.merchant and t.channel = said.channel and t.scope = said.scope
          and ((t.name = said.name and t.language = said.language)
               or (said.external_id <> '' and t.external_id = said.external_id));
        insert into template_sync as y (merchant_id, channel, scope, asked_at)
        values (said.merchant, said.channel, said.scope, now())
        on conflict (merchant_id, channel, scope) do update set asked_at = excluded.asked_at;
    end loop;
end $$;
