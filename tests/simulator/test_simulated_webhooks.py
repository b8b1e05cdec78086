"""What customers say reaches the business: signed, in order, until it is answered 200."""

from __future__ import annotations

import asyncio
from typing import Any

from simulated import CUSTOMER, NUMBER, Simulated, Sink, Wait


async def test_a_customers_message_arrives_signed_in_whatsapps_shape(shop: Simulated, sink: Sink):
    (wamid,) = await shop.say(text="السلام عليكم", name="نورة")
    await sink.until(lambda: len(sink.messages) == 1)
    body = sink.bodies[0]
    assert body["object"] == "whatsapp_business_account"
    change = body["entry"][0]["changes"][0]
    assert change["field"] == "messages"
    value = change["value"]
    assert value["messaging_product"] == "whatsapp"
    assert value["metadata"] == {
        "display_phone_number": "966110000000",
        "phone_number_id": NUMBER,
    }
    (contact,) = value["contacts"]
    assert contact["profile"] == {"name": "نورة"}
    assert contact["wa_id"] == CUSTOMER
    (message,) = value["messages"]
    assert message["id"] == wamid
    assert message["from"] == CUSTOMER
    assert message["type"] == "text"
    assert message["text"] == {"body": "السلام عليكم"}
    assert message["timestamp"].isdecimal()
    assert sink.unsigned == 0


async def test_five_messages_can_ride_in_one_webhook_in_order(shop: Simulated, sink: Sink):
    texts = [f"رسالة {n}" for n in range(5)]
    wamids = await shop.say(messages=[{"text": t} for t in texts], delivery="one_webhook")
    await sink.until(lambda: len(sink.messages) == 5)
    assert len(sink.bodies) == 1
    assert [m["id"] for m in sink.messages] == wamids
    assert [m["text"]["body"] for m in sink.messages] == texts
    assert len(sink.values[0]["contacts"]) == 1


async def test_messages_of_one_customer_arrive_in_the_order_they_were_said(
    shop: Simulated, sink: Sink
):
    wamids = [(await shop.say(text=str(n)))[0] for n in range(20)]
    await sink.until(lambda: len(sink.messages) == 20)
    assert [m["id"] for m in sink.messages] == wamids


async def test_a_webhook_comes_again_until_it_is_answered_200_and_order_holds(
    shop: Simulated, sink: Sink, eventually: Wait
):
    sink.answers = [500, 503, 500]
    wamids = await shop.say(messages=[{"text": "أولى"}, {"text": "ثانية"}])
    await sink.until(lambda: len(sink.bodies) == 5)
    assert [m["id"] for m in sink.messages] == [wamids[0]] * 4 + [wamids[1]]

    async def both_answered() -> bool:
        inbound = (await shop.history())["inbound"]
        return all(i["answered_ms"] for i in inbound)

    await eventually(both_answered)
    first, second = (await shop.history())["inbound"]
    assert (first["attempts"], second["attempts"]) == (4, 1)
    assert first["http_status"] == 200
    assert first["said_ms"] <= first["answered_ms"] <= second["answered_ms"]


async def test_a_refused_webhook_does_not_hold_up_the_next_one(shop: Simulated, sink: Sink):
    sink.answers = [401]
    first, second = await shop.say(messages=[{"text": "مرفوضة"}, {"text": "مقبولة"}])
    await sink.until(lambda: len(sink.bodies) == 3)
    assert [m["id"] for m in sink.messages][:2] == [first, second]
    assert sink.messages[2]["id"] == first


async def test_giving_up_is_kept_in_the_history(shop: Simulated, sink: Sink, eventually: Wait):
    sink.always = 500
    await shop.behave(attempts_max=3)
    await shop.say(text="لا أحد")

    async def gave_up() -> bool:
        deliveries = (await shop.history())["deliveries"]
        return [d["state"] for d in deliveries] == ["gave_up"]

    await eventually(gave_up)
    (delivery,) = (await shop.history())["deliveries"]
    assert [a["http_status"] for a in delivery["attempts"]] == [500, 500, 500]


async def test_an_endpoint_that_is_not_there_is_tried_again(
    shop: Simulated, sink: Sink, eventually: Wait
):
    await shop.register(sink, webhook_url="http://127.0.0.1:1/nobody", challenge=False)
    await shop.say(text="هل من أحد؟")

    async def tried() -> bool:
        (delivery,) = (await shop.history())["deliveries"]
        return len(delivery["attempts"]) >= 2

    await eventually(tried)
    await shop.register(sink)
    await sink.until(lambda: len(sink.messages) == 1)


async def test_copies_are_the_same_message_again(shop: Simulated, sink: Sink):
    (wamid,) = await shop.say(text="نعم", copies=5)
    await sink.until(lambda: len(sink.bodies) == 5)
    assert {m["id"] for m in sink.messages} == {wamid}
    assert len((await shop.phone())["messages"]) == 1


async def test_side_by_side_delivery_keeps_no_order_and_loses_none(shop: Simulated, sink: Sink):
    body = {
        "phone_number_id": NUMBER,
        "delivery": "at_once",
        "messages": [{"wa_id": CUSTOMER, "text": str(n)} for n in range(50)],
    }
    _, answer = await shop.ask("POST", "/simulator/say", body)
    await sink.until(lambda: len(sink.messages) == 50)
    assert {m["id"] for m in sink.messages} == set(answer["wamids"])


async def test_a_username_customer_hides_the_phone_and_is_answered_by_user_id(
    shop: Simulated, sink: Sink
):
    await shop.say(text="مرحبا", hides_phone=True)
    await sink.until(lambda: len(sink.messages) == 1)
    assert "from" not in sink.messages[0]
    assert "wa_id" not in sink.values[0]["contacts"][0]
    user_id = sink.messages[0]["from_user_id"]
    status, answer = await shop.send(to=None, recipient=user_id, type="text", text={"body": "أهلًا"})
    assert status == 200
    assert answer["contacts"] == [{"input": user_id, "user_id": user_id}]
    assert (await shop.phone())["messages"][-1]["text"] == "أهلًا"


KINDS: dict[str, dict[str, Any]] = {
    "image": {"text": "صورة"},
    "video": {},
    "audio": {},
    "document": {"filename": "a.pdf"},
    "sticker": {},
    "location": {"text": "البيت"},
    "contacts": {"text": "سارة", "id": "966500000009"},
    "button": {"text": "نعم", "id": "yes"},
    "button_reply": {"text": "نعم", "id": "yes"},
    "list_reply": {"text": "ثوب", "id": "row-1", "description": "قطن"},
    "flow_reply": {"text": "ok"},
    "order": {"id": "SKU-9"},
    "unsupported": {},
    "request_welcome": {},
}
ON_THE_WIRE = {
    "button_reply": "interactive",
    "list_reply": "interactive",
    "flow_reply": "interactive",
}


async def test_every_kind_has_its_body_under_its_type(shop: Simulated, sink: Sink):
    await shop.say(
        messages=[{"kind": kind, **rest} for kind, rest in KINDS.items()], delivery="one_webhook"
    )
    await sink.until(lambda: len(sink.messages) == len(KINDS))
    for kind, message in zip(KINDS, sink.messages, strict=True):
        wired = ON_THE_WIRE.get(kind, kind)
        assert message["type"] == wired
        assert wired in message or kind == "request_welcome"
    by_kind = dict(zip(KINDS, sink.messages, strict=True))
    assert by_kind["audio"]["audio"]["voice"] is True
    assert by_kind["button_reply"]["interactive"]["button_reply"] == {"id": "yes", "title": "نعم"}
    assert by_kind["unsupported"]["errors"][0]["code"] == 131051
    assert isinstance(by_kind["flow_reply"]["interactive"]["nfm_reply"]["response_json"], str)


async def test_edit_revoke_and_reaction_name_their_original_and_change_the_bubble(
    shop: Simulated, sink: Sink
):
    first, second = await shop.say(messages=[{"text": "اتنين"}, {"text": "غلط"}])
    reply = await shop.text()
    await shop.say(kind="edit", text="اثنان", message_id=first)
    await shop.say(kind="revoke", message_id=second)
    await shop.say(kind="reaction", emoji="👍")
    await sink.until(lambda: len(sink.messages) == 5)
    edit, revoke, reaction = sink.messages[2:]
    assert edit["edit"]["original_message_id"] == first
    assert edit["edit"]["message"]["text"] == {"body": "اثنان"}
    assert revoke["revoke"] == {"original_message_id": second}
    assert reaction["reaction"] == {"message_id": reply, "emoji": "👍"}
    shown = (await shop.phone())["messages"]
    assert [m["text"] for m in shown] == ["اثنان", "غلط", "أهلًا"]
    assert shown[0]["edited"]
    assert shown[1]["revoked"]
    assert shown[2]["reaction"] == "👍"


async def test_a_reaction_taken_back_has_no_emoji(shop: Simulated, sink: Sink):
    reply = await _greeted(shop)
    await shop.say(kind="reaction", emoji="")
    await sink.until(lambda: len(sink.messages) == 2)
    assert sink.messages[1]["reaction"] == {"message_id": reply}


async def test_any_bytes_can_be_sent_truly_signed(shop: Simulated, sink: Sink):
    body = {
        "object": "whatsapp_business_account",
        "entry": [
            {"id": "1", "changes": [{"field": "account_update", "value": {"event": "ملاحظة"}}]}
        ],
    }
    await shop.ask("POST", f"/simulator/numbers/{NUMBER}/webhook", body)
    await sink.until(lambda: len(sink.bodies) == 1)
    assert sink.bodies == [body]
    assert sink.unsigned == 0


async def test_nothing_leaves_before_the_challenge_is_passed(simulator: Simulated, sink: Sink):
    answer = await simulator.register(sink, verify_token="something-else")
    assert answer["verified"] is False
    assert "403" in answer["reason"]
    path = f"/simulator/phones/{CUSTOMER}/say"
    status, said = await simulator.ask("POST", path, {"phone_number_id": NUMBER, "text": "هلا"})
    assert status == 409
    assert "403" in said["error"]
    assert sink.bodies == []


async def test_the_script_can_wait_for_news_instead_of_asking_again(shop: Simulated):
    seq = (await shop.history())["seq"]
    waiting = asyncio.create_task(shop.history(f"?after={seq}&wait_ms=9000"))
    await shop.say(text="خبر")
    news = await asyncio.wait_for(waiting, 20)
    assert news["seq"] > seq


async def _greeted(shop: Simulated) -> str:
    await shop.say(text="مرحبا")
    return await shop.text()
