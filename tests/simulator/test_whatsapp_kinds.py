"""Everything that can happen at WhatsApp leaves in WhatsApp's shape, and shows on the phone."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from simulated import CUSTOMER, NUMBER, Simulated, Sink

from hudhud.simulator.graph.meta import CODES
from hudhud.simulator.providers.spoken import PROVIDERS, forms
from hudhud.simulator.providers.whatsapp import KINDS, face

FIELDS = {"message_echoes": "smb_message_echoes", "user_id_update": "user_id_update"}
PATH = f"/simulator/phones/{CUSTOMER}/say"


@pytest.mark.parametrize("name", KINDS)
async def test_each_kind_leaves_as_its_form_stands(shop: Simulated, sink: Sink, name: str):
    await shop.behave(statuses="none")
    await shop.say(text="مرحبا")
    await shop.text()
    await sink.until(lambda: len(sink.messages) == 1)
    kind = KINDS[name]
    filled = {field.name: field.value for field in kind.fields if field.value}
    needed = {"text": "نص"} if name in ("text", "edit") else {}
    await shop.say(kind=name, **(needed | filled))
    field = filled.get("field") or FIELDS.get(kind.place, "messages")
    place = "messages" if kind.place in ("", "system") else kind.place

    def came() -> list[dict[str, Any]]:
        changes = [body["entry"][0]["changes"][0] for body in sink.bodies[1:]]
        return [
            change
            for change in changes
            if change["field"] == field
            and (place == "field" or len(change["value"].get(place, ())) > 0)
        ]

    await sink.until(lambda: bool(came()))
    change = came()[-1]
    assert sink.unsigned == 0
    if kind.is_message:
        assert change["field"] == "messages"
        (message,) = change["value"]["messages"]
        assert message["from"] == CUSTOMER
        assert ("contacts" in change["value"]) is (kind.place != "system")
    elif kind.place != "field":
        assert change["value"]["metadata"]["phone_number_id"] == NUMBER
        assert len(change["value"][kind.place]) == 1


async def test_kinds_of_one_webhook_stand_where_they_belong_in_their_order(
    shop: Simulated, sink: Sink
):
    await shop.say(
        delivery="one_webhook",
        messages=[
            {"text": "أولى"},
            {"kind": "number_change", "new_wa_id": "966500000077"},
            {"kind": "echo", "text": "أنا هنا"},
            {"kind": "error", "code": "130429"},
            {"kind": "field", "field": "account_alerts", "text": '{"alert_type": "x"}'},
            {"text": "ثانية"},
        ],
    )
    await sink.until(lambda: len(sink.bodies) == 1)
    changes = sink.bodies[0]["entry"][0]["changes"]
    assert [change["field"] for change in changes] == [
        *("messages", "smb_message_echoes", "messages", "account_alerts", "messages")
    ]
    first, system = changes[0]["value"]["messages"]
    assert (first["type"], system["type"]) == ("text", "system")
    assert system["system"]["wa_id"] == "966500000077"
    (echo,) = changes[1]["value"]["message_echoes"]
    assert (echo["from"], echo["to"]) == ("966110000000", CUSTOMER)
    assert changes[2]["value"]["errors"][0]["code"] == 130429
    assert changes[3]["value"] == {"alert_type": "x"}


async def test_a_message_says_whence_it_comes(shop: Simulated, sink: Sink):
    reply = await shop.text()
    await shop.say(
        text="بكم؟",
        forwarded="often",
        asked_product="SKU-1",
        ad="تخفيضات",
        reply_to=reply,
        group="1203",
        extra={"identity_key": "k", "text": {"body": "بكم هذا؟"}, "timestamp": None},
    )
    await sink.until(lambda: len(sink.messages) == 1)
    (message,) = sink.messages
    assert message["context"] == {
        "from": "966110000000",
        "id": reply,
        "frequently_forwarded": True,
        "referred_product": {"catalog_id": "1", "product_retailer_id": "SKU-1"},
    }
    assert message["referral"]["headline"] == "تخفيضات"
    assert message["group_id"] == "1203"
    assert (message["identity_key"], message["text"]["body"]) == ("k", "بكم هذا؟")
    assert "timestamp" not in message


async def test_a_status_can_be_told_by_hand_in_any_order_and_doubled(shop: Simulated, sink: Sink):
    await shop.behave(statuses="none")
    await shop.say(text="مرحبا")
    wamid = await shop.text()
    for status in ("failed", "delivered", "read", "sent"):
        await shop.say(kind="status", status=status, code="131047", copies=2)
    await sink.until(lambda: len(sink.statuses) == 8)
    told = sink.told(wamid)
    assert told == [s for s in ("failed", "delivered", "read", "sent") for _ in range(2)]
    assert sink.statuses[0]["errors"][0]["code"] == 131047
    assert sink.statuses[2]["pricing"]["category"] == "service"
    assert sink.statuses[2]["recipient_id"] == CUSTOMER


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({"kind": "poll"}, "poll"),
        ({"text": "x", "colour": "red"}, "colour"),
        ({"kind": "error", "code": "7"}, str(next(iter(CODES)))),
        ({"kind": "order", "quantity": "two"}, "quantity"),
        ({"kind": "field", "text": "{"}, "JSON"),
        ({"kind": "text"}, "4096"),
        ({"kind": "reaction"}, "about"),
    ],
)
async def test_what_cannot_be_said_is_refused_with_a_sentence(
    shop: Simulated, sink: Sink, asked: dict[str, Any], word: str
):
    status, answer = await shop.ask("POST", PATH, {"phone_number_id": NUMBER, **asked})
    assert status == 400
    assert word in answer["error"]
    assert sink.bodies == []


async def test_every_file_of_a_customer_can_be_seen_on_the_page(shop: Simulated):
    await shop.say(kind="image", text="مثل هذا")
    (message,) = (await shop.phone())["messages"]
    picture, caption = message["face"]
    assert caption == {"what": "text", "text": "مثل هذا"}
    async with shop.http.get(shop.url + picture["url"]) as answer:
        assert (answer.status, answer.content_type) == (200, "image/png")
    async with shop.http.get(shop.url + "/simulator/files/1") as answer:
        assert answer.status == 404


REPLY = {"type": "reply", "reply": {"id": "y", "title": "نعم"}}
SENT: dict[str, tuple[dict[str, Any], list[str]]] = {
    "buttons": (
        {"type": "button", "body": {"text": "هل؟"}, "action": {"buttons": [REPLY]}},
        ["text", "options"],
    ),
    "list": (
        {
            "type": "list",
            "header": {"type": "image", "image": {"link": "https://example.com/a.png"}},
            "body": {"text": "اختر"},
            "footer": {"text": "هدهد"},
            "action": {"button": "الكل", "sections": [{"rows": [{"id": "1", "title": "ثوب"}]}]},
        },
        ["media", "text", "footer", "menu"],
    ),
    "link": (
        {
            "type": "cta_url",
            "body": {"text": "تتبع"},
            "action": {"parameters": {"display_text": "افتح", "url": "https://example.com/"}},
        },
        ["text", "options"],
    ),
    "product": (
        {"type": "product", "action": {"catalog_id": "1", "product_retailer_id": "S"}},
        ["card"],
    ),
    "place": (
        {
            "type": "location_request_message",
            "body": {"text": "أين؟"},
            "action": {"name": "send_location"},
        },
        ["text", "options"],
    ),
    "catalogue": (
        {"type": "catalog_message", "body": {"text": "كل شيء"}, "action": {"name": "c"}},
        ["text"],
    ),
}


@pytest.mark.parametrize("name", SENT)
async def test_what_the_product_sends_has_its_parts_on_the_phone(shop: Simulated, name: str):
    interactive, parts = SENT[name]
    await shop.say(text="مرحبا")
    status, answer = await shop.send(type="interactive", interactive=interactive)
    assert status == 200, answer
    shown = (await shop.phone())["messages"][-1]
    assert [part["what"] for part in shown["face"]] == parts


async def test_what_is_pressed_on_the_phone_can_be_said(shop: Simulated, sink: Sink):
    await shop.say(text="مرحبا")
    await shop.send(type="interactive", interactive=SENT["buttons"][0])
    shown = (await shop.phone())["messages"][-1]
    (option,) = shown["face"][-1]["options"]
    await shop.say(**option["say"], reply_to=shown["wamid"])
    await sink.until(lambda: len(sink.messages) == 2)
    assert sink.messages[1]["interactive"]["button_reply"] == {"id": "y", "title": "نعم"}
    assert sink.messages[1]["context"]["id"] == shown["wamid"]


async def test_a_filled_form_and_a_broken_one_are_shown(shop: Simulated):
    await shop.say(kind="flow_reply", text="الأحد")
    broken = {"interactive": {"nfm_reply": {"response_json": "{"}}}
    await shop.say(kind="flow_reply", text="x", extra=broken)
    filled, odd = (message["face"] for message in (await shop.phone())["messages"])
    assert filled == [{"what": "card", "kind": "form", "text": "الأحد"}]
    assert [part["what"] for part in odd] == ["note"]


async def test_what_is_no_bubble_is_a_line_between_them(shop: Simulated):
    await shop.say(kind="number_change")
    await shop.say(text="مرحبا")
    assert [message["noted"] for message in (await shop.phone())["messages"]] == [True, False]


def test_every_provider_declares_forms_that_a_page_can_draw_in_both_languages():
    told = msgspec.json.decode(msgspec.json.encode(forms()))
    for name in PROVIDERS:
        for kind in told[name]["kinds"].values():
            assert all(kind["label"])
            assert all(all(field["label"]) for field in kind["fields"])


@pytest.mark.parametrize("content", [{"type": "hologram"}, {"type": "request_welcome"}])
def test_what_has_no_face_is_a_note(content: dict[str, Any]):
    assert [part.what for part in face(content)] == ["note"]
