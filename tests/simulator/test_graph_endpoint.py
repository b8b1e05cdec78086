"""The Graph endpoint answers the product as Meta does."""

from __future__ import annotations

from typing import Any

import pytest
from simulated import CUSTOMER, NUMBER, TOKEN, Simulated, Sink, Wait

from hudhud.simulator.graph.validation import check_send

TO = {"messaging_product": "whatsapp", "to": "+966 50 000 0001"}
BODY = {"text": "اختر"}


def _buttons(count: int, **changes: str) -> dict[str, Any]:
    replies = [{"id": str(n), "title": f"زر {n}"} | changes for n in range(count)]
    return _interactive("button", {"buttons": [{"type": "reply", "reply": r} for r in replies]})


def _interactive(kind: str, action: dict[str, Any], **rest: Any) -> dict[str, Any]:
    part = {"type": kind, "body": BODY, "action": action} | rest
    return {"type": "interactive", "interactive": part}


def _list(rows: int, **changes: str) -> dict[str, Any]:
    made = [{"id": str(n), "title": f"صف {n}"} | changes for n in range(rows)]
    return _interactive("list", {"button": "القائمة", "sections": [{"rows": made}]})


TAKEN: list[dict[str, Any]] = [
    {"text": {"body": "نص"}},
    {"type": "text", "text": {"body": "ن" * 4096, "preview_url": True}},
    {"type": "text", "text": {"body": "نص"}, "biz_opaque_callback_data": "t" * 512},
    {"type": "text", "text": {"body": "نص"}, "context": {"message_id": "wamid.x"}},
    {"type": "image", "image": {"link": "https://shop.example/a.jpg", "caption": "ثوب"}},
    {"type": "image", "image": {"id": "123"}},
    {"type": "audio", "audio": {"id": "123"}},
    {"type": "video", "video": {"id": "123", "caption": "عرض"}},
    {"type": "document", "document": {"id": "123", "filename": "فاتورة.pdf"}},
    {"type": "sticker", "sticker": {"id": "123"}},
    {"type": "location", "location": {"latitude": "24.7", "longitude": 46.6}},
    {"type": "contacts", "contacts": [{"name": {"formatted_name": "سارة"}}]},
    {"type": "reaction", "reaction": {"message_id": "wamid.x", "emoji": "👍"}},
    {"type": "reaction", "reaction": {"message_id": "wamid.x", "emoji": ""}},
    _buttons(3),
    _list(10),
    _interactive("cta_url", {"parameters": {"display_text": "زر", "url": "https://a.example"}}),
    _interactive("flow", {"parameters": {"flow_cta": "املأ", "flow_id": "1"}}),
    _interactive("location_request_message", {"name": "send_location"}),
    _interactive("product", {"catalog_id": "1", "product_retailer_id": "2"}),
    {"type": "template", "template": {"name": "back_to_you", "language": {"code": "ar"}}},
    {"status": "read", "message_id": "wamid.x"},
    {"status": "read", "message_id": "wamid.x", "typing_indicator": {"type": "text"}},
]
REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"messaging_product": "telegram"}, 100, "messaging_product"),
    ({"to": ""}, 100, "to"),
    ({"to": "nobody"}, 131009, "to"),
    ({"to": None, "recipient": "966500000001"}, 131009, "recipient"),
    ({"type": "poem", "poem": {}}, 131009, "type"),
    ({"type": ["text"]}, 131009, "type"),
    ({"type": "text"}, 131008, "text"),
    ({"type": "text", "text": "نص"}, 131009, "text"),
    ({"type": "text", "text": {}}, 131008, "text.body"),
    ({"type": "text", "text": {"body": ""}}, 131008, "text.body"),
    ({"type": "text", "text": {"body": 5}}, 131009, "text.body"),
    ({"type": "text", "text": {"body": "ن" * 4097}}, 131009, "text.body"),
    ({"biz_opaque_callback_data": "t" * 513}, 131009, "biz_opaque_callback_data"),
    ({"context": {}}, 131008, "context.message_id"),
    ({"recipient_type": "everybody"}, 131009, "recipient_type"),
    ({"type": "image", "image": {}}, 131009, "image"),
    ({"type": "image", "image": {"id": "1", "link": "https://a.example"}}, 131009, "image"),
    ({"type": "image", "image": {"link": "ftp://a.example"}}, 131009, "image.link"),
    ({"type": "image", "image": {"id": "1", "caption": "c" * 1025}}, 131009, "image.caption"),
    ({"type": "audio", "audio": {"id": "1", "caption": "c"}}, 131009, "audio.caption"),
    ({"type": "location", "location": {"longitude": 1}}, 131008, "location.latitude"),
    ({"type": "location", "location": {"latitude": 91, "longitude": 1}}, 131009, "latitude"),
    ({"type": "contacts", "contacts": []}, 131009, "contacts"),
    ({"type": "contacts", "contacts": [{}]}, 131008, "contacts[0].name"),
    ({"type": "reaction", "reaction": {"emoji": "👍"}}, 131008, "reaction.message_id"),
    (_buttons(4), 131009, "buttons"),
    (_buttons(0), 131009, "buttons"),
    (_buttons(1, title="ط" * 21), 131009, "title"),
    (_buttons(1, title=""), 131008, "title"),
    (_buttons(1, id="i" * 257), 131009, "id"),
    (_buttons(2, id="same"), 131009, "twice"),
    (_list(11), 131009, "rows"),
    (_list(1, title="ط" * 25), 131009, "row.title"),
    (_list(1, id="i" * 201), 131009, "row.id"),
    (_list(1, description="d" * 73), 131009, "row.description"),
    (_interactive("list", {"sections": []}), 131008, "button"),
    (_interactive("button", {}, body={"text": "b" * 1025}), 131009, "body"),
    (_interactive("button", {}, footer={"text": "f" * 61}), 131009, "footer"),
    (_interactive("button", {}, header={"type": "text", "text": "h" * 61}), 131009, "header"),
    (_interactive("carousel-of-lies", {}), 131009, "interactive.type"),
    (_interactive("cta_url", {"parameters": {"display_text": "زر", "url": "x"}}), 131009, "url"),
    ({"type": "template", "template": {"name": "hello"}}, 131008, "template.language"),
    ({"status": "delivered", "message_id": "wamid.x"}, 131009, "status"),
    ({"status": "read"}, 131008, "message_id"),
    ({"status": "read", "message_id": "w", "typing_indicator": {}}, 131009, "typing_indicator"),
]


@pytest.mark.parametrize("part", TAKEN)
def test_meta_takes_what_is_within_its_limits(part: dict[str, Any]):
    assert check_send(TO | part) is None


@pytest.mark.parametrize(("part", "code", "names"), REFUSED)
def test_meta_refuses_and_names_the_member(part: dict[str, Any], code: int, names: str):
    refusal = check_send(TO | {"type": "text", "text": {"body": "نص"}} | part)
    if part == {"type": "text"}:
        refusal = check_send(TO | part)
    assert refusal is not None
    assert refusal.code == code
    assert names in refusal.details


@pytest.mark.parametrize("body", [None, [], "text", 5])
def test_a_body_that_is_no_object_is_refused(body: Any):
    refusal = check_send(body)
    assert refusal is not None
    assert refusal.code == 100


async def test_success_has_metas_shape_and_the_phone_shows_the_message(shop: Simulated):
    await shop.say(text="كم السعر؟")
    status, answer = await shop.send(to="+966 50 000 0001", type="text", text={"body": "٩٩ ريالًا"})
    assert status == 200
    assert answer["messaging_product"] == "whatsapp"
    assert answer["contacts"] == [{"input": "+966 50 000 0001", "wa_id": CUSTOMER}]
    (sent,) = answer["messages"]
    assert sent["id"].startswith("wamid.")
    assert sent["message_status"] == "accepted"
    shown = (await shop.phone())["messages"]
    assert [(m["mine"], m["text"]) for m in shown] == [(True, "كم السعر؟"), (False, "٩٩ ريالًا")]
    assert shown[0]["at_ms"] <= shown[1]["at_ms"]
    assert shown[0]["seq"] < shown[1]["seq"]


async def test_a_wrong_token_is_401_with_code_190(shop: Simulated):
    status, answer = await shop.send(token="stolen", type="text", text={"body": "نص"})
    assert status == 401
    error = answer["error"]
    assert (error["code"], error["type"]) == (190, "OAuthException")
    assert error["message"].startswith("(#190)")
    assert error["error_data"]["messaging_product"] == "whatsapp"
    assert error["fbtrace_id"]


async def test_every_token_registered_for_a_number_opens_it(shop: Simulated, sink: Sink):
    await shop.register(sink, token="second-token")
    await shop.say(text="مرحبا")
    for token in (TOKEN, "second-token"):
        status, _ = await shop.send(token=token, type="text", text={"body": "نص"})
        assert status == 200


async def test_a_token_of_another_number_does_not_open_this_one(shop: Simulated, sink: Sink):
    await shop.register(sink, phone_number_id="999", token="of-999")
    status, answer = await shop.send(token="of-999", type="text", text={"body": "نص"})
    assert status == 400
    assert (answer["error"]["code"], answer["error"]["error_subcode"]) == (100, 33)


async def test_a_refused_send_reaches_no_phone_and_is_in_the_history(shop: Simulated):
    await shop.say(text="مرحبا")
    status, answer = await shop.send(type="text", text={})
    assert (status, answer["error"]["code"]) == (400, 131008)
    assert len((await shop.phone())["messages"]) == 1
    history = await shop.history()
    assert history["sends"] == []
    assert [(c["outcome"], c["code"], c["http_status"]) for c in history["calls"]] == [
        ("refused", 131008, 400)
    ]


async def test_the_number_can_be_asked_for_and_an_unknown_path_says_so(shop: Simulated):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with shop.http.get(f"{shop.url}/v23.0/{NUMBER}", headers=headers) as answer:
        assert answer.status == 200
        assert (await answer.json())["display_phone_number"] == "+966 11 000 0000"
    async with shop.http.get(f"{shop.url}/v23.0/a/b/c", headers=headers) as answer:
        assert (await answer.json())["error"]["code"] == 2500


async def test_reading_turns_the_ticks_blue_and_shows_typing_until_the_reply(
    shop: Simulated, sink: Sink, eventually: Wait
):
    _, second = await shop.say(messages=[{"text": "أولى"}, {"text": "ثانية"}])
    await sink.until(lambda: len(sink.messages) == 2)

    async def ticked(tick: str) -> bool:
        return {m["tick"] for m in (await shop.phone())["messages"]} == {tick}

    await eventually(lambda: ticked("delivered"))
    status, answer = await shop.send(
        status="read", message_id=second, typing_indicator={"type": "text"}, to=None
    )
    assert (status, answer) == (200, {"success": True})
    phone = await shop.phone()
    assert {m["tick"] for m in phone["messages"]} == {"read"}
    assert 0 < phone["typing"][NUMBER] - phone["now_ms"] <= 25_000
    await shop.text()
    assert (await shop.phone())["typing"] == {}


async def test_reading_a_message_that_never_came_is_refused(shop: Simulated):
    status, answer = await shop.send(status="read", message_id="wamid.unknown")
    assert (status, answer["error"]["code"]) == (400, 131009)


async def test_a_user_id_in_to_is_taken_and_never_delivered(shop: Simulated):
    await shop.say(text="مرحبا")
    status, _ = await shop.send(to="SA.12345", type="text", text={"body": "نص"})
    assert status == 200
    assert [s["outcome"] for s in (await shop.history())["sends"]] == ["dropped"]
    assert len((await shop.phone())["messages"]) == 1
