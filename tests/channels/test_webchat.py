"""Web chat: what of a visitor's post is read, and what the widget shows of what we send."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hudhud.channels import webchat
from hudhud.channels.webchat import Options
from hudhud.errors import BadInputError
from hudhud.model import (
    Alias,
    Attachment,
    Buttons,
    Cards,
    Carousel,
    Choice,
    Content,
    Element,
    Flow,
    LinkButton,
    Media,
    Menu,
    Place,
    Reaction,
    Section,
)

ONE = Choice(id="a", title="نعم")
POST = {"account": "shop", "visitor": "v1", "at": 1763700000}


def read(**parts: Any) -> Any:
    return webchat.parse(json.dumps({**POST, **parts}).encode())


def test_nobody_posts_a_webhook_of_it():
    assert webchat.verify(Options(), b"{}", {}) is False
    assert webchat.challenge(Options(), {"hub.challenge": "1"}) is None


@pytest.mark.clause("5.7.once")
def test_the_same_id_of_two_visitors_is_two_messages():
    said = {"id": "abcdefgh", "type": "text", "text": "مرحبا"}
    (first,) = read(messages=[said]).messages
    (other,) = read(messages=[said], visitor="v2").messages
    assert first.external_id == "v1:abcdefgh" != other.external_id
    assert first.aliases == (Alias("visitor", "v1"),)


@pytest.mark.clause("5.7.identity")
def test_the_name_that_the_site_vouched_for_comes_first():
    said = {"id": "abcdefgh", "type": "text", "text": "مرحبا"}
    (message,) = read(messages=[said], user="u1").messages
    assert message.aliases == (Alias("site_user", "u1"), Alias("visitor", "v1"))
    assert webchat.addressee(message.aliases) == Alias("site_user", "u1")


@pytest.mark.clause("5.7.files")
def test_a_file_is_named_by_its_key_and_one_of_no_known_kind_is_not():
    file = {"key": "uploads/ab", "kind": "image", "mime": "image/png", "sha256": "x", "name": "a"}
    said = {"id": "abcdefgh", "type": "image", "text": ""}
    (message,) = read(messages=[{**said, "files": [file, {**file, "kind": "program"}]}]).messages
    assert message.attachments == (
        Attachment(kind="image", source="uploads/ab", mime="image/png", sha256="x", file_name="a"),
    )
    assert read(messages=[{**said, "files": []}]).unread[0].reason == "nothing in it"


def test_what_was_read_is_a_status_and_a_tap_brings_its_id():
    parsed = read(
        read=["1.2.1"],
        messages=[{"id": "abcdefgh", "type": "button", "text": "نعم", "choice": "yes"}],
    )
    assert [(s.external_id, s.status) for s in parsed.statuses] == [("1.2.1", "read")]
    assert (parsed.messages[0].kind, parsed.messages[0].content) == ("button", {"choice": "yes"})


@pytest.mark.clause("5.7.content")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (Media(type="image", link="https://a.example/b.png", caption="صورة"), "صورة"),
        (Media(type="document", media_id=7, file_name="a.pdf"), "a.pdf"),
        (Buttons(text="أي مقاس؟", buttons=(ONE,)), "أي مقاس؟"),
        (Menu(text="اختر", button="افتح", sections=(Section(rows=(ONE,)),)), "اختر"),
        (LinkButton(text="هنا", title="افتح", link="https://a.example"), "هنا"),
        (Carousel(elements=(Element(title="أ"), Element(title="ب"))), "أ\nب"),
        (Place(latitude=33.3, longitude=44.4), "33.300000,44.400000"),
        (Cards(cards=()), None),
        (Media(type="image", link="http://a.example/b.png"), None),
        (Carousel(elements=(Element(title="أ", image_link="http://a.example"),)), None),
        (Buttons(text="", buttons=(ONE,)), None),
        (Buttons(text="أ", buttons=(ONE,) * 11), None),
        (Menu(text="أ", button="ب", sections=(Section(rows=(ONE,) * 21),)), None),
        (LinkButton(text="أ", title="ب", link="javascript:alert(1)"), None),
        (Reaction(about="x", emoji="👍"), None),
        (Flow(text="أ", button="ب", flow_id="1", token="t"), None),
    ],
    ids=str,
)
def test_the_widget_shows_it_or_it_is_refused_with_a_sentence(content: Content, words: str | None):
    if words is not None:
        assert webchat.checked(content) == words
    else:
        with pytest.raises(BadInputError, match="Web chat"):
            webchat.checked(content)
