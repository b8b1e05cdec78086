"""Everything that leaves beside words: its shape, and the limits that are refused before (S2)."""

from __future__ import annotations

import functools
import json
import os
from pathlib import Path

import jsonschema
import msgspec
import pytest
from whatsapp_hooks import SARA, SARA_USER
from whatsapp_provider import accepted, answer, provider

from hudhud.channels.whatsapp import checked, locate, send, upload, window_s
from hudhud.channels.whatsapp.bodies import body_of
from hudhud.errors import BadInputError, SendRejectedError, SendUnknownError
from hudhud.model import (
    Alias,
    Attachment,
    Buttons,
    Card,
    Cards,
    Carousel,
    Choice,
    Flow,
    LinkButton,
    Media,
    Menu,
    Outgoing,
    Place,
    Products,
    Reaction,
    Section,
    Shelf,
    Template,
)

PAYLOADS = Path(
    os.environ.get("HUDHUD_TEST_PAYLOADS") or Path(__file__).parents[3] / "shared/payloads"
)
SCHEMA = PAYLOADS / "openapi/meta-messages.fixed.schema.json"
YES, NO = Choice(id="y", title="نعم"), Choice(id="n", title="لا")
LINK = "https://shop.example/a.jpg"
BUTTONS = Buttons(text="تؤكد؟", buttons=(YES, NO), header="طلبك", footer="شكرا")
MENU = Menu(text="اختر", button="المقاسات", sections=(Section(rows=(YES, NO)),))
LINK_BUTTON = LinkButton(text="تابع", title="افتح", link=LINK)
ONE = Products(catalog_id="7", shelves=(Shelf(retailer_ids=("a",)),))
TWO = Products(
    catalog_id="7", shelves=(Shelf(retailer_ids=("a", "b")),), text="جديدنا", header="عباءات"
)
FLOW = Flow(text="املأ", button="ابدأ", flow_id="5", token="t", screen="ONE", data={"a": "b"})
TEMPLATE = Template(name="order_ready", language="ar", body=("سارة",), buttons={0: "77"})
IMAGE = Media(type="image", link=LINK, caption="هذا")
CARDS = Cards(cards=(Card(name="علي", phone="+9647701", organisation="متجر"),))
PLACE = Place(latitude=33.3, longitude=44.4, name="المحل")
REACTION = Reaction(about="wamid.IN", emoji="❤️")
ALL = [
    IMAGE,
    Media(type="document", link=LINK, file_name="فاتورة.pdf"),
    Media(type="audio", uploaded="99", voice=True),
    Media(type="video", link=LINK),
    Media(type="sticker", link=LINK),
    PLACE,
    CARDS,
    REACTION,
    msgspec.structs.replace(REACTION, emoji=""),
    BUTTONS,
    MENU,
    LINK_BUTTON,
    ONE,
    TWO,
    FLOW,
    TEMPLATE,
    msgspec.structs.replace(TEMPLATE, header=("أ",)),
    msgspec.structs.replace(TEMPLATE, header_media=IMAGE),
]


async def sent(outgoing: Outgoing):
    async with provider(accepted()) as (meta, http):
        await send(http, meta.options, outgoing, timeout_s=5)
        ((_, _, body),) = meta.asked
        return body


@pytest.mark.clause("5.bodies")
@pytest.mark.parametrize("content", ALL)
async def test_each_content_is_taken_and_leaves_under_its_own_type_to_a_user_id(content):
    checked(content)
    to = Alias("wa_user", SARA_USER)
    body = await sent(Outgoing(to=to, text="", tag="t", reply_to="wamid.Q", content=content))
    assert body["type"] in body
    assert (body["recipient"], "to" in body) == (SARA_USER, False)
    assert ("context" in body) is (body["type"] != "reaction")
    assert body["biz_opaque_callback_data"] == "t"


@pytest.mark.parametrize(
    ("content", "shape"),
    [
        (IMAGE, {"type": "image", "image": {"link": LINK, "caption": "هذا"}}),
        (Media(type="audio", uploaded="9"), {"type": "audio", "audio": {"id": "9"}}),
        (REACTION, {"type": "reaction", "reaction": {"message_id": "wamid.IN", "emoji": "❤️"}}),
        (
            ONE,
            {
                "type": "interactive",
                "interactive": {
                    "type": "product",
                    "action": {"catalog_id": "7", "product_retailer_id": "a"},
                },
            },
        ),
        (
            TEMPLATE,
            {
                "type": "template",
                "template": {
                    "name": "order_ready",
                    "language": {"code": "ar"},
                    "components": [
                        {"type": "body", "parameters": [{"type": "text", "text": "سارة"}]},
                        {
                            "type": "button",
                            "sub_type": "url",
                            "index": "0",
                            "parameters": [{"type": "text", "text": "77"}],
                        },
                    ],
                },
            },
        ),
    ],
)
def test_the_shape_is_metas(content, shape):
    assert body_of("", content) == shape


@pytest.mark.parametrize(("text", "preview"), [("انظر https://a.example", True), ("أهلا", False)])
def test_words_with_an_address_show_a_preview(text, preview):
    assert body_of(text, None)["text"] == {"body": text, "preview_url": preview}


def changed(content, **parts):
    return msgspec.structs.replace(content, **parts)


def choices(count):
    return tuple(Choice(id=str(n), title=f"t{n}") for n in range(count))


def more(count):
    return tuple(Choice(id=f"m{n}", title=f"m{n}") for n in range(count))


def menu(**parts):
    row = Choice(**{"id": "r", "title": "t", **parts})
    return changed(MENU, sections=(Section(rows=(row,)),))


def section(title):
    return Section(title=title, rows=(Choice(id=title or "x", title="t"),))


def shelf(count):
    return (Shelf(retailer_ids=tuple(map(str, range(count)))),)


# Each limit of PLATFORM_FACTS part 5: what is still taken, and what is not.
LIMITS = [
    (changed(BUTTONS, buttons=choices(3)), changed(BUTTONS, buttons=choices(4)), "at most 3"),
    (
        changed(BUTTONS, buttons=(Choice(id="i", title="t" * 20),)),
        changed(BUTTONS, buttons=(Choice(id="i", title="t" * 21),)),
        "20 characters",
    ),
    (
        changed(BUTTONS, buttons=(Choice(id="i" * 256, title="t"),)),
        changed(BUTTONS, buttons=(Choice(id="i" * 257, title="t"),)),
        "256 characters",
    ),
    (BUTTONS, changed(BUTTONS, buttons=(YES, YES)), "the same"),
    (BUTTONS, changed(BUTTONS, text=" "), "empty"),
    (changed(BUTTONS, text="t" * 1024), changed(BUTTONS, text="t" * 1025), "1024"),
    (changed(BUTTONS, header="h" * 60), changed(BUTTONS, header="h" * 61), "60"),
    (changed(BUTTONS, footer="f" * 60), changed(BUTTONS, footer="f" * 61), "60"),
    (
        changed(MENU, sections=tuple(section(f"s{n}") for n in range(10))),
        changed(MENU, sections=tuple(section(f"s{n}") for n in range(11))),
        "at most 10",
    ),
    (
        changed(MENU, sections=(Section(rows=choices(10)),)),
        changed(
            MENU, sections=(Section(title="a", rows=choices(6)), Section(title="b", rows=more(5)))
        ),
        "at most 10 rows",
    ),
    (menu(title="t" * 24), menu(title="t" * 25), "24"),
    (menu(id="i" * 200), menu(id="i" * 201), "200"),
    (menu(description="d" * 72), menu(description="d" * 73), "72"),
    (changed(MENU, button="b" * 20), changed(MENU, button="b" * 21), "20"),
    (MENU, changed(MENU, sections=(section("a"), section(""))), "title"),
    (changed(LINK_BUTTON, title="t" * 20), changed(LINK_BUTTON, title="t" * 21), "20"),
    (LINK_BUTTON, changed(LINK_BUTTON, link="javascript:1"), "https"),
    (changed(TWO, shelves=shelf(30)), changed(TWO, shelves=shelf(31)), "at most 30"),
    (TWO, changed(TWO, header=""), "header"),
    (changed(FLOW, button="b" * 30), changed(FLOW, button="b" * 31), "30"),
    (changed(IMAGE, caption="c" * 1024), changed(IMAGE, caption="c" * 1025), "1024"),
    (IMAGE, changed(IMAGE, type="audio"), "no caption"),
    (IMAGE, changed(IMAGE, link=""), "name one"),
    (IMAGE, changed(IMAGE, media_id=1), "name one"),
    (PLACE, changed(PLACE, latitude=90.1), "Latitude"),
    (PLACE, changed(PLACE, longitude=float("nan")), "Latitude"),
    (CARDS, Cards(cards=()), "no people"),
    (REACTION, changed(REACTION, about=""), "empty"),
    (TEMPLATE, changed(TEMPLATE, name="Order Ready"), "small letters"),
    (TEMPLATE, changed(TEMPLATE, language="arabic!"), "code"),
    (TEMPLATE, changed(TEMPLATE, body=("a\nb",)), "new line"),
    (TEMPLATE, changed(TEMPLATE, buttons={10: "x"}), "0 to 9"),
    (TEMPLATE, changed(TEMPLATE, header=("h",), header_media=IMAGE), "not both"),
    (MENU, Carousel(elements=()), "carousel"),
]


@pytest.mark.clause("5.limits")
@pytest.mark.parametrize(("taken", "refused", "sentence"), LIMITS)
def test_a_limit_is_refused_with_its_figure_and_what_to_do(taken, refused, sentence):
    checked(taken)
    with pytest.raises(BadInputError, match=sentence):
        checked(refused)


@pytest.mark.clause("7.window")
def test_a_day_is_open_and_three_after_an_ad():
    for by_person in (False, True):
        assert window_s(free_entry=False, by_person=by_person) == 86_400
        assert window_s(free_entry=True, by_person=by_person) == 259_200


FILE = Attachment(kind="image", source="123456")


@pytest.mark.clause("7.locate")
async def test_a_file_is_asked_for_by_its_id_alone_and_fetched_with_the_token():
    found = {"url": "https://media.example/x", "mime_type": "image/jpeg", "file_size": 77}
    async with provider(answer(200, {**found, "sha256": "A" * 64})) as (meta, http):
        located = await locate(http, meta.options, FILE, timeout_s=5)
        ((line, _, _),) = meta.asked
    assert line == "GET /v23.0/123456"
    assert located.headers == {"Authorization": "Bearer tok-1"}
    told = (located.url, located.mime, located.sha256, located.bytes)
    assert told == ("https://media.example/x", "image/jpeg", "a" * 64, 77)


async def test_an_answer_without_an_address_is_no_place_and_an_odd_id_is_never_asked():
    async with provider(answer(200, {"url": "file:///etc/passwd"})) as (meta, http):
        with pytest.raises(SendUnknownError):
            await locate(http, meta.options, FILE, timeout_s=5)
        odd = Attachment(kind="image", source="../me")
        with pytest.raises(SendRejectedError):
            await locate(http, meta.options, odd, timeout_s=5)
        assert len(meta.asked) == 1


async def test_an_uploaded_file_is_named_by_meta():
    async with provider(answer(200, {"id": "777"})) as (meta, http):
        meta.reads_json = False
        named = await upload(
            http, meta.options, b"\x89PNG", mime="image/png", file_name="a.png", timeout_s=5
        )
        ((line, headers, body),) = meta.asked
    assert named == "777"
    assert line.endswith("/media")
    assert headers["content-type"].startswith("multipart/form-data")
    assert b'name="messaging_product"' in body
    assert b"\x89PNG" in body


# Meta's own description is sound for these alone; it has never heard of a link button.
SOUND = [
    content for content in ALL if isinstance(content, (Buttons, Menu, Products, Flow, Reaction))
] + [IMAGE]


@functools.cache
def schema_of_messages():
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_bytes()))


@pytest.mark.skipif(not SCHEMA.is_file(), reason="Meta's description is not beside the repository")
@pytest.mark.parametrize("content", [None, *SOUND])
async def test_what_leaves_is_what_metas_own_description_allows(content):
    text = "" if content else "أهلا"
    body = await sent(Outgoing(to=Alias("phone", SARA), text=text, tag="t", content=content))
    # The description does not know the tag that Meta hands back in statuses; the rest is judged.
    assert body.pop("biz_opaque_callback_data") == "t"
    errors = [error.message for error in schema_of_messages().iter_errors(body)]
    assert errors == [], json.dumps(body, ensure_ascii=False)
