"""Outside the window only a template leaves; what the provider says of it counts (S8)."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from hudhud.core import handoff, templates
from hudhud.errors import TemplateUnfitError, WindowClosedError
from hudhud.model import Media, Template
from shops import Nobody, Shop, until

READY = Template(name="order_ready", language="ar", body=("سعاد", "1043", "9"), buttons={1: "1043"})
BACK = Template(name="back_to_you", language="ar")
DAY_S = 86_400


@pytest.fixture
async def shop(shop: Shop) -> Shop:
    """A shop whose account is known, and its templates with it."""
    async with shop.opened() as database:
        account = await templates.find_scope(shop.inbox)
        assert account == f"9{shop.number}"
        await templates.name_scope(database, shop.merchant_id, shop.inbox.id, account)
    await until(lambda: _known(shop), "the worker has read the templates")
    return shop


async def _known(shop: Shop) -> Any:
    return await shop.value("select count(*) from template where merchant_id = $1")


async def _silent_for_two_days(shop: Shop) -> int:
    """A customer who wrote two days ago, by the provider's stamp; returns the conversation."""
    body = json.loads(shop.body("wamid.long-ago"))
    message = body["entry"][0]["changes"][0]["value"]["messages"][0]
    message["timestamp"] = str(int(time.time() - 2 * DAY_S))
    assert await shop.post(json.dumps(body).encode()) == 200
    await until(lambda: _state(shop, "rejected"), "the assistant's answer is refused")
    return int((await shop.conversation())["id"])


async def _state(shop: Shop, state: str) -> Any:
    return await shop.value(
        "select count(*) from outbox where merchant_id = $1 and state = $2", state
    )


async def _say(shop: Shop, conversation: int, what: str | Template, key: str) -> None:
    text, content = (what, None) if isinstance(what, str) else ("", what)
    async with shop.opened() as database:
        await handoff.reply(
            *(database, Nobody(), shop.merchant_id, conversation, shop.operator_id, text),
            key=key,
            content=content,
        )


async def _template(shop: Shop, name: str) -> Any:
    (row,) = await shop.rows(
        "select * from template where merchant_id = $1 and name = $2 and language = 'ar'", name
    )
    return row


@pytest.mark.clause("7.template")
async def test_text_is_refused_a_template_leaves_and_its_answer_opens_the_window(
    shop: Shop,
) -> None:
    conversation = await _silent_for_two_days(shop)
    with pytest.raises(WindowClosedError):
        await _say(shop, conversation, "طلبك جاهز", "free")
    await _say(shop, conversation, READY, "template")
    await until(lambda: _state(shop, "accepted"), "the template is taken")
    (send,) = await shop.sends()
    assert send["kind"] == "template"
    phone = await shop.ask("GET", f"/phones/{shop.customer()}")
    assert "أهلاً سعاد، طلبك رقم 1043" in phone["messages"][-1]["text"]
    # What we keep for the thread is what the customer reads.
    kept = await shop.rows(
        "select kind, body from message where merchant_id = $1 and direction = 'out'"
        " and author = 'operator'"
    )
    assert [(row["kind"], row["body"]) for row in kept] == [
        ("template", phone["messages"][-1]["text"])
    ]
    await shop.say(kind="button", text="سأمرّ اليوم")
    await until(
        lambda: shop.value(
            "select count(*) from conversation where merchant_id = $1"
            " and last_in_at > now() - interval '1 hour'"
        ),
        "the customer has answered",
    )
    await _say(shop, conversation, "بانتظارك", "open-again")
    await until(lambda: _sent(shop, 2), "the free text is taken")
    assert (await shop.sends())[-1]["text"] == "بانتظارك"


async def _sent(shop: Shop, count: int) -> bool:
    return len(await shop.sends()) == count


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Template(name="no_such", language="ar"), "missing"),
        (Template(name="order_ready", language="ar", body=("سعاد",)), "values"),
        (Template(name="new_collection", language="ar", body=("الكتان", "10%")), "values"),
        (Template(name="winter_sale", language="ar"), "paused"),
        (Template(name="prize_for_you", language="ar"), "refused"),
        (Template(name="visit_reminder", language="ar", body=("الأحد", "5")), "waiting"),
    ],
)
async def test_what_cannot_be_sent_is_refused_before_anything_is_written(
    shop: Shop, asked: Template, code: str
) -> None:
    conversation = await _silent_for_two_days(shop)
    with pytest.raises(TemplateUnfitError) as refused:
        await _say(shop, conversation, asked, "unfit")
    assert refused.value.code == code
    assert await shop.value("select count(*) from outbox where merchant_id = $1") == 1
    assert await shop.sends() == []


async def test_named_places_and_a_picture_reach_the_phone(shop: Shop) -> None:
    await shop.say("عندكم كتان؟")
    await shop.answered(1)
    conversation = int((await shop.conversation())["id"])
    picture = Media(type="image", link="https://shop.example/linen.jpg")
    linen = Template(
        name="new_collection", language="ar", body=("الكتان", "10%"), header_media=picture
    )
    named = Template(
        name="delivery_today", language="en_US", header=("7",), body=("Suad", "4", "6")
    )
    before = len(await shop.sends())
    await _say(shop, conversation, linen, "linen")
    await _say(shop, conversation, named, "named")
    await until(lambda: _sent(shop, before + 2), "both are taken")
    first, second = (await shop.sends())[-2:]
    assert "تشكيلة الكتان، ولك منها خصم 10%" in first["text"]
    assert "Suad, the driver comes between 4 and 6." in second["text"]


@pytest.mark.clause("6.paused")
async def test_a_template_that_meta_pauses_is_not_used_again_until_it_is_active(
    shop: Shop,
) -> None:
    conversation = await _silent_for_two_days(shop)
    # Nobody tells us of the pause: the first send finds out.
    order = {"phone_number_id": shop.number, "name": "back_to_you", "language": "ar"}
    await shop.ask("PUT", "/templates", order | {"status": "PAUSED", "tell": False})
    await _say(shop, conversation, BACK, "first")
    await until(lambda: _paused(shop), "the refusal pauses it")
    assert "132015" in (await _template(shop, "back_to_you"))["paused_reason"]
    with pytest.raises(TemplateUnfitError) as refused:
        await _say(shop, conversation, BACK, "second")
    assert refused.value.code == "paused"
    # A webhook says that it is active again; it carries whole seconds.
    await until(lambda: _second_after_the_pause(shop), "the next second has begun")
    await shop.ask("PUT", "/templates", order | {"status": "APPROVED"})
    await until(lambda: _active(shop), "the webhook frees it")
    await _say(shop, conversation, BACK, "third")
    await until(lambda: _sent(shop, 1), "it is taken")


async def _paused(shop: Shop) -> bool:
    return (await _template(shop, "back_to_you"))["paused_at"] is not None


async def _active(shop: Shop) -> bool:
    return not await _paused(shop)


async def _second_after_the_pause(shop: Shop) -> Any:
    return await shop.value(
        "select count(*) from template where merchant_id = $1"
        " and paused_at < date_trunc('second', now())"
    )


async def test_a_template_paused_while_it_waited_does_not_leave(shop: Shop) -> None:
    conversation = await _silent_for_two_days(shop)
    async with shop.opened() as database, database.deed(shop.merchant_id) as connection:
        await handoff.said(connection, conversation, shop.operator_id, "", key="k", content=BACK)
        await connection.execute(
            "update template set status = 'DISABLED' where merchant_id = $1", shop.merchant_id
        )
    await until(lambda: _code(shop, "template_refused"), "it is refused before it leaves")
    assert await shop.sends() == []


async def _code(shop: Shop, code: str) -> Any:
    return await shop.value(
        "select count(*) from outbox where merchant_id = $1 and error_code = $2", code
    )


async def test_what_a_script_changes_and_deletes_reaches_the_rows(shop: Shop) -> None:
    order = {"phone_number_id": shop.number, "name": "order_ready", "language": "ar"}
    await shop.ask("PUT", "/templates", order | {"quality": "RED", "category": "MARKETING"})
    await until(lambda: _is(shop, "RED", "MARKETING"), "quality and category are told")
    query = f"?phone_number_id={shop.number}&name=winter_sale&language=ar"
    await shop.ask("DELETE", f"/templates{query}")
    async with shop.opened() as database:
        assert await templates.ask(database, shop.merchant_id) == 1
    await until(
        lambda: shop.value(
            "select count(*) from template where merchant_id = $1 and gone_at is not null"
        ),
        "the next sync marks what vanished",
    )
    assert (await _template(shop, "winter_sale"))["gone_at"] is not None


async def _is(shop: Shop, quality: str, category: str) -> bool:
    row = await _template(shop, "order_ready")
    return (row["quality"], row["category"]) == (quality, category)
