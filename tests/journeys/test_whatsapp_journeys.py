"""Every kind of message in a running shop: what wakes, what does not, what the thread shows."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from consoles import Console

from hudhud.web import texts
from shops import Shop, opened_shop, until

ASKED = "عندكم قميص كتان؟"
SLOW_MS = 1500


@pytest.fixture
async def slow(home: Any) -> AsyncIterator[Shop]:
    """A shop whose batches stay open long enough to be changed."""
    async with opened_shop(home.house, home.owner_url, window_ms=SLOW_MS) as shop:
        yield shop


async def happens(shop: Shop, **say: Any) -> None:
    """Something that is no message of a customer."""
    await shop.ask(
        "POST", f"/phones/{shop.customer()}/say", {"phone_number_id": shop.number, **say}
    )


async def seen(shop: Shop, path: str = "") -> str:
    """The words of the thread, or of another page, as an operator reads them."""
    async with Console.opened(shop) as console:
        where = path or f"/conversations/{(await shop.conversation())['id']}"
        page = await console.page(where)
    # What is set apart for its direction stands in the middle of a sentence.
    inline = re.sub(r"</?(bdi|span)\b[^>]*>|[\u2066-\u2069]", "", html.unescape(page))
    return re.sub(r"<[^>]+>", " ", inline)


def words(key: str) -> str:
    found = texts.known("ar", key)
    assert found, key
    return found


async def stored(shop: Shop, wamid: str) -> Any:
    sql = "select * from message where merchant_id = $1 and external_id = $2"
    return (await until(lambda: shop.rows(sql, wamid), f"{wamid} is stored"))[0]


WAKING: dict[str, tuple[dict[str, Any], str]] = {
    "location": ({"text": "البيت"}, "البيت"),
    "contacts": ({"text": "سارة العتيبي", "id": "966500000009"}, "سارة العتيبي"),
    "order": ({"id": "SKU-7", "quantity": "3"}, "SKU-7"),
    "flow_reply": ({"text": "الأحد"}, "الأحد"),
    "button_reply": ({"text": "نعم أكّد", "id": "yes"}, "نعم أكّد"),
    "list_reply": ({"text": "مقاس ٥٦", "id": "56"}, "مقاس ٥٦"),
    "button": ({"text": "تتبع الطلب", "id": "track"}, "تتبع الطلب"),
    "image": ({"text": "مثل هذا"}, "مثل هذا"),
    "sticker": ({}, "kind.sticker"),
}


@pytest.mark.parametrize("kind", WAKING)
async def test_what_asks_for_an_answer_wakes_and_is_shown(shop: Shop, kind: str) -> None:
    said, shown = WAKING[kind]
    (wamid,) = await shop.say(kind=kind, **said)
    await shop.answered(1)
    assert await shop.batches() == [[wamid]]
    row = await stored(shop, wamid)
    assert row["wakes"]
    thread = await seen(shop)
    assert (words(shown) if shown.startswith("kind.") else shown) in thread


NOTED = {
    "unsupported": ("unsupported", {}),
    "failed_media": ("unsupported", {}),
    "request_welcome": ("request_welcome", {}),
    "number_change": ("system", {}),
    "user_id_change": ("system", {}),
    "identity_change": ("system", {}),
    "call_permission": ("call_permission", {}),
    "text": ("group", {"text": "يا جماعة", "group": "120363"}),
}


@pytest.mark.clause("10.6")
@pytest.mark.parametrize("kind", NOTED)
async def test_what_asks_nothing_is_shown_with_its_reason_and_wakes_nobody(
    shop: Shop, kind: str
) -> None:
    note, said = NOTED[kind]
    (wamid,) = await shop.say(kind=kind, **said)
    row = await stored(shop, wamid)
    assert (row["wakes"], row["note"]) == (False, note)
    conversation = await shop.conversation()
    assert (conversation["due_at"], conversation["pending"]) == (None, 0)
    assert words(f"note.{note}") in await seen(shop)
    assert await shop.sends() == []


@pytest.mark.clause("10.6")
async def test_a_reaction_and_its_removal_stand_on_their_message_and_wake_nobody(
    shop: Shop,
) -> None:
    await shop.say(ASKED)
    await shop.answered(1)
    await shop.say(kind="reaction", emoji="👍")
    await shop.answered(1)
    assert "👍" in await seen(shop)
    await shop.say(kind="reaction", emoji="")
    await shop.answered(1)
    assert "👍" not in await seen(shop)
    assert len(await shop.batches()) == len(await shop.sends()) == 1


@pytest.mark.clause("2.edit")
async def test_an_edit_before_the_batch_closes_is_what_is_answered(slow: Shop) -> None:
    (wamid,) = await slow.say("أريد التحدث مع موظف")
    await slow.say(kind="edit", message_id=wamid, text=ASKED)
    await slow.answered(1)
    (send,) = await slow.sends()
    assert "قميص كتان" in send["text"]
    assert (await slow.conversation())["state"] == "bot"
    thread = await seen(slow)
    assert words("mark.edited") in thread
    assert ASKED in thread


@pytest.mark.clause("2.edit")
async def test_a_revoke_before_the_batch_closes_takes_its_message_out(slow: Shop) -> None:
    first, second = await slow.say("أريد التحدث مع موظف", ASKED)
    await slow.say(kind="revoke", message_id=first)
    await slow.answered(1)
    assert await slow.batches() == [[second]]
    assert (await slow.conversation())["state"] == "bot"
    assert words("mark.revoked") in await seen(slow)


async def test_a_revoke_of_the_only_message_leaves_nothing_to_answer(slow: Shop) -> None:
    (wamid,) = await slow.say(ASKED)
    await slow.say(kind="revoke", message_id=wamid)

    async def nothing_due() -> bool:
        row = await slow.conversation()
        return row["due_at"] is None and row["pending"] == 0

    await until(nothing_due, "nothing is due any more")
    (another,) = await slow.say("السلام عليكم")
    await slow.answered(1)
    assert await slow.batches() == [[another]]


@pytest.mark.clause("2.edit")
@pytest.mark.parametrize(("kind", "mark"), [("edit", "mark.edited"), ("revoke", "mark.revoked")])
async def test_what_changes_after_the_answer_is_only_marked(
    shop: Shop, kind: str, mark: str
) -> None:
    (wamid,) = await shop.say(ASKED)
    await shop.answered(1)
    (change,) = await shop.say(kind=kind, message_id=wamid, text="عندكم عباية؟")
    await stored(shop, change)
    assert (await shop.conversation())["due_at"] is None
    assert words(mark) in await seen(shop)
    assert len(await shop.batches()) == len(await shop.sends()) == 1


@pytest.mark.clause("2.echo")
async def test_the_owner_who_answers_from_the_phone_pauses_the_assistant(shop: Shop) -> None:
    await shop.say(ASKED)
    await shop.answered(1)
    await happens(shop, kind="echo", text="أنا صاحب المتجر، تفضّل")

    async def paused() -> bool:
        return bool((await shop.conversation())["state"] == "human")

    await until(paused, "a person has the conversation")
    (wamid,) = await shop.say("عندكم عباية؟")
    await stored(shop, wamid)
    assert (await shop.conversation())["due_at"] is None
    thread = await seen(shop)
    assert "أنا صاحب المتجر، تفضّل" in thread
    assert words("note.echo") in thread
    assert len(await shop.sends()) == 1


@pytest.mark.clause("10.6")
async def test_an_error_of_the_account_waits_on_its_page_with_its_code(shop: Shop) -> None:
    await happens(shop, kind="error", code="131031")
    sql = "select reason, set_aside from journal where merchant_id = $1 and reason is not null"
    (row,) = await until(lambda: shop.rows(sql), "the journal has it")
    assert "error:131031" in row["reason"]
    assert row["set_aside"]
    assert "error:131031" in await seen(shop, "/waiting")


@pytest.mark.clause("2.fields")
async def test_another_subject_is_kept_and_bothers_nobody(shop: Shop) -> None:
    await happens(shop, kind="field", field="account_update", text='{"event": "PARTNER_ADDED"}')
    sql = "select reason, set_aside, body from journal where merchant_id = $1"
    (row,) = await until(lambda: shop.rows(sql), "the journal has it")
    assert "field:account_update" in row["reason"]
    assert not row["set_aside"]
    assert b"PARTNER_ADDED" in row["body"]


@pytest.mark.clause("2.context")
async def test_a_reply_an_ad_and_a_product_are_answered_with_what_they_are_about(
    shop: Shop,
) -> None:
    await shop.say("السلام عليكم")
    await shop.answered(1)
    (greeting,) = [m for m in await _bubbles(shop) if not m["mine"]]
    (wamid,) = await shop.say(
        ASKED, reply_to=greeting["wamid"], ad="تخفيضات العيد", asked_product="SKU-1"
    )
    await shop.answered(2)
    row = await stored(shop, wamid)
    assert row["reply_to"] == greeting["wamid"]
    assert greeting["text"][:20] in await seen(shop)


@pytest.mark.parametrize("kind", ["order", "location", "contacts", "flow_reply", "image"])
async def test_a_broken_message_is_shown_and_the_worker_goes_on(shop: Shop, kind: str) -> None:
    for broken in (7, "x", [], {"a": [None]}):
        part = "interactive" if kind == "flow_reply" else kind
        await shop.say(kind=kind, extra={part: broken})
    await shop.answered()
    await shop.say(ASKED, by=2)
    await until(lambda: shop.sends(by=2), "somebody else is answered")


async def _bubbles(shop: Shop) -> list[dict[str, Any]]:
    return list((await shop.ask("GET", f"/phones/{shop.customer()}"))["messages"])
