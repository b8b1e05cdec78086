"""Sends that wait in the outbox, many at once, without the answers that made them."""

from __future__ import annotations

from shop import Shop


async def owe(shop: Shop, count: int, *, parts: int = 1) -> None:
    """So many new customers of this shop are owed an answer of so many parts, now."""
    await shop.write(
        """with people as (
               insert into contact (merchant_id) select $1 from generate_series(1, $3::integer)
               returning id),
           known as (
               insert into contact_alias (merchant_id, kind, value, contact_id)
               select $1, 'phone', '9' || id, id from people),
           talks as (
               insert into conversation (merchant_id, inbox_id, contact_id, last_in_at)
               select $1, $2, id, now() from people order by id returning id),
           said as (
               insert into message (merchant_id, conversation_id, inbox_id, direction, author,
                   kind, body, content, provider_at, wakes)
               select $1, id, $2, 'out', 'assistant', 'text', 'أهلا',
                   jsonb_build_object('part', part), now(), false
               from talks, generate_series(0, $4::integer - 1) part
               returning id, conversation_id, content ->> 'part' as part)
           insert into outbox (merchant_id, inbox_id, conversation_id, message_id, part, author)
           select $1, $2, conversation_id, id, part::integer, 'assistant'
           from said order by conversation_id, part""",
        shop.merchant,
        shop.inbox,
        count,
        parts,
    )
