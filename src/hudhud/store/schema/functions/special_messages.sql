-- What `accept` does beside storing, for the few messages that need it. Each is called in its
-- transaction, with the conversations locked already; `fresh` are the places of what is new.

-- change_messages: an edit or a revoke of what was said. While its message waits in the open batch
-- the batch changes; of what is being answered, or was, it is only shown (trap 19). The row lock of
-- the conversation, which `claim` takes too, decides which of both it is. One that comes before
-- its message is parked until that comes. Only who wrote a message may change it: it is looked for in
-- the same conversation and direction.
create or replace function change_messages(p_conversation bigint[], m_inbox bigint[], m_external text[], fresh integer[])
returns void language plpgsql as $$
declare
    change record;
    target message;
    conv conversation;
    in_batch boolean;
    looked_max constant integer := 2000;
begin
    insert into parked_change (merchant_id, conversation_id, message_id)
    select m.merchant_id, m.conversation_id, m.id
    from unnest(p_conversation) c(id), lateral (
        -- Nothing is older than this transaction here: the newest of the conversation.
        select x.* from message x where x.conversation_id = c.id order by x.id desc limit cardinality(fresh)) m
    where m.kind in ('edit', 'revoke') and m.reply_to is not null
      and (m.inbox_id, m.external_id) in (select m_inbox[f], m_external[f] from unnest(fresh) f);

    for change in
        select m.* from parked_change p join message m on m.id = p.message_id
        where p.conversation_id = any (p_conversation) order by m.id
    loop
        select x.* into target from (
            select y.* from message y where y.conversation_id = change.conversation_id
            order by y.id desc limit looked_max) x
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
        if not found or own.state in ('sending', 'unknown') then
            -- Of an unknown one the id is only what we asked for: an older provider gave another.
            select o.* into own from outbox o join message m on m.id = o.message_id
            where o.conversation_id = echo.conversation_id and o.state in ('sending', 'unknown')
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

-- rename_aliases: the old name finds nobody from now on, and stays in the history; the new names
-- find whoever had it. A new name that already finds somebody is left to them; who would be left
-- without any name keeps the old one. Said again (a webhook that comes back, the journal), it changes
-- nothing: the old name may be somebody else's by then.
create or replace function rename_aliases(w_merchant bigint[], p_renames jsonb) returns void language plpgsql as $$
declare
    renamed record;
    whose bigint;
begin
    for renamed in
        select w_merchant[r.w] as merchant, r.* from jsonb_to_recordset(p_renames)
            r(w integer, kind text, value text, new jsonb, at timestamptz)
        order by 1, r.kind, r.value
    loop
        continue when exists (select 1 from jsonb_to_recordset(renamed.new) n(kind text, value text)
            where n.kind = renamed.kind and n.value = renamed.value)
            or exists (select 1 from contact_alias_past p where p.merchant_id = renamed.merchant
                and p.kind = renamed.kind and p.value = renamed.value and p.until_at = renamed.at)
            or not exists (select 1 from jsonb_to_recordset(renamed.new) n(kind text, value text)
                where not exists (select 1 from contact_alias l, contact_alias o
                    where l.merchant_id = renamed.merchant and l.kind = n.kind and l.value = n.value
                      and o.merchant_id = renamed.merchant and o.kind = renamed.kind and o.value = renamed.value
                      and o.contact_id <> l.contact_id));
        delete from contact_alias l where l.merchant_id = renamed.merchant and l.kind = renamed.kind
            and l.value = renamed.value
        returning l.contact_id into whose;
        continue when whose is null;
        insert into contact_alias_past (merchant_id, contact_id, kind, value, until_at)
        values (renamed.merchant, whose, renamed.kind, renamed.value, coalesce(renamed.at, now()));
        insert into contact_alias (merchant_id, kind, value, contact_id)
        select renamed.merchant, n.kind, n.value, whose
        from jsonb_to_recordset(renamed.new) n(kind text, value text) order by 1, 2, 3 on conflict do nothing;
        whose := null;
    end loop;
end $$;

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
