"""The conversation list: who spoke last, who holds it, what waits in it."""

from __future__ import annotations

import re
from typing import Literal

import asyncpg

from hudhud.store.pool import Connection
from hudhud.text import fold, typed_phone

Tab = Literal["all", "mine", "desks", "unassigned", "waiting"]
TABS: tuple[Tab, ...] = ("all", "mine", "desks", "unassigned", "waiting")

LIST_MAX = 40
# Words of messages are searched in this many conversations, the latest; names in all of those too.
SEARCHED_MAX = 1000
SEARCH_CHARS_MAX = 100
_PHONE = re.compile(r"[+＋]?[\d\s().-]+")

# The spelling of `text.fold`, near enough for finding, in one pass of SQL: letters that have
# several forms become one, tashkeel and tatweel go, digits become Latin.
FOLDED = "translate(lower({0}), 'أإآٱىةؤئیکگچپ٠١٢٣٤٥٦٧٨٩ءـًٌٍَُِّْ''', 'اااايهوييككجب0123456789')"

_TABS = {
    "all": "true",
    "mine": "k.state = 'human' and k.operator_id = $2",
    "desks": """k.state = 'human' and k.desk_id in
                (select s.desk_id from desk_member s where s.operator_id = $2)""",
    "unassigned": "k.state = 'human' and k.operator_id is null",
    "waiting": """exists (select 1 from message w where w.conversation_id = k.id
                  and w.batch_id is null and w.wakes and w.direction = 'in')""",
}

_FOUND = f"""k.id in (
    select r.id from (select id, contact_id from conversation where merchant_id = $1
                      order by last_at desc limit {SEARCHED_MAX}) r
    where exists (select 1 from contact c
                  where c.id = r.contact_id and {FOLDED.format("c.name")} like $4)
       or exists (select 1 from contact_alias l
                  where l.contact_id = r.contact_id and l.value ilike any (array[$4, $5]))
       or exists (select 1 from message m
                  where m.conversation_id = r.id and {FOLDED.format("m.body")} like $4))"""

_LIST = """
select k.id, k.state, k.operator_id, o.name as operator_name, k.last_at, k.due_at,
    k.last_in_at, k.free_entry_at,
    k.lease_until is not null as answering, k.hand_over_reason, c.name as contact_name,
    (select l.value from contact_alias l where l.contact_id = c.id
     order by (l.kind <> 'phone'), l.created_at limit 1) as address,
    d.name_ar as desk_ar, d.name_en as desk_en,
    i.channel, i.name as inbox_name, last.body, last.kind, last.direction, last.author,
    open.n as open_count, open.since as open_since, coalesce(stuck.n, 0) as stuck_count
from conversation k
join contact c on c.id = k.contact_id
join inbox i on i.id = k.inbox_id
left join operator o on o.id = k.operator_id
left join desk d on d.id = k.desk_id
left join lateral (select m.body, m.kind, m.direction, m.author from message m
    where m.conversation_id = k.id order by m.id desc limit 1) last on true
left join lateral (select count(*)::integer as n, min(m.accepted_at) as since from message m
    where m.conversation_id = k.id and m.batch_id is null and m.wakes
      and m.direction = 'in') open on true
left join lateral (select count(*)::integer as n from outbox x
    where x.conversation_id = k.id and x.state = 'unknown') stuck on true
where k.merchant_id = $1 and ($2::bigint is not null)
  and ($3::bigint is null
       or (k.last_at, k.id) < (select b.last_at, b.id from conversation b where b.id = $3))
  and ($4::text is null or {found}) and {tab}
order by k.last_at desc, k.id desc limit {limit}
"""


async def listed(
    connection: Connection,
    merchant_id: int,
    operator_id: int,
    *,
    tab: Tab = "all",
    words: str = "",
    before: int | None = None,
) -> list[asyncpg.Record]:
    """One page of conversations, latest first; one row above `LIST_MAX` says that there are more.

    Args:
        connection: a reading of this merchant.
        merchant_id: whose conversations.
        operator_id: who looks (for the tabs `mine` and `desks`).
        tab: which of them.
        words: a part of a name, a number or a message, in any spelling.
        before: id of the conversation after which this page begins.
    """
    statement = _LIST.format(found=_FOUND, tab=_TABS[tab], limit=LIST_MAX + 1)
    pattern = "%" + "%".join(fold(words[:SEARCH_CHARS_MAX]).split()) + "%" if words else None
    # As people write it at home, a number begins with 0; as providers do, with its country.
    phone = typed_phone(words).lstrip("+0") if _PHONE.fullmatch(words.strip()) else ""
    return await connection.fetch(
        statement, merchant_id, operator_id, before, pattern, f"%{phone}%" if phone else pattern
    )
