"""How a template stands, and how it reads with its values; nothing here asks anybody."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudhud.channels.whatsapp import form_of
from hudhud.core.templates import filled, standing
from hudhud.errors import TemplateUnfitError
from hudhud.model import Media, Template
from hudhud.store.templates.rows import StoredTemplate

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
BODY = {"type": "BODY", "text": "أهلاً {{2}}، طلبك {{1}} جاهز."}
LINK = {"type": "URL", "text": "الطلب", "url": "https://shop.example/{{1}}"}
TEXTS = [{"type": "HEADER", "format": "TEXT", "text": "{{1}}"}, BODY]


def row(**parts: Any) -> StoredTemplate:
    usual: dict[str, Any] = {
        "id": 1, "channel": "whatsapp", "scope": "7", "name": "ready", "language": "ar",
        "category": "UTILITY", "status": "APPROVED", "quality": "GREEN", "reason": None,
        "parameter_format": "", "components": [BODY], "paused_at": None, "paused_reason": None,
        "gone_at": None, "synced_at": NOW,
    }  # fmt: skip
    return StoredTemplate(**usual | parts)


def asked(*body: str, **parts: Any) -> Template:
    return Template(name="ready", language="ar", body=body, **parts)


@pytest.mark.parametrize(
    ("parts", "stands"),
    [
        ({}, "ready"),
        ({"status": "FLAGGED"}, "ready"),
        ({"status": "PAUSED"}, "paused"),
        ({"paused_at": NOW}, "paused"),
        ({"status": "PENDING"}, "waiting"),
        ({"status": ""}, "waiting"),
        ({"status": "REJECTED"}, "refused"),
        ({"status": "DISABLED"}, "refused"),
        ({"status": "SOMETHING_NEW"}, "refused"),
        ({"gone_at": NOW}, "gone"),
    ],
)
def test_only_what_the_provider_approves_and_still_has_is_ready(parts, stands):
    assert standing(row(**parts)) == stands


def test_numbered_places_are_filled_in_their_order_wherever_they_stand():
    done = filled(form_of([BODY]), asked("1043", "سعاد"), named=False)
    assert done.preview == "أهلاً سعاد، طلبك 1043 جاهز."
    assert (done.body_names, done.header_names) == ((), ())


def test_named_places_keep_their_names():
    body = {"type": "BODY", "text": "{{name}}, at {{hour}}."}
    done = filled(form_of([body]), asked("Suad", "5"), named=True)
    assert done.preview == "Suad, at 5."
    assert done.body_names == ("name", "hour")


def test_a_value_that_looks_like_a_place_is_not_filled_again():
    assert filled(form_of([BODY]), asked("{{2}}", "x"), named=False).preview == (
        "أهلاً x، طلبك {{2}} جاهز."
    )


@pytest.mark.parametrize(
    ("components", "given_"),
    [
        ([BODY], asked("one")),
        ([BODY], asked("one", "two", "three")),
        (TEXTS, asked("1", "2")),
        ([BODY, {"type": "HEADER", "format": "IMAGE"}], asked("1", "2")),
        (
            [BODY, {"type": "HEADER", "format": "IMAGE"}],
            asked("1", "2", header_media=Media(type="video", link="https://a.example/b")),
        ),
        ([BODY], asked("1", "2", header_media=Media(type="image", link="https://a.example/b"))),
        ([BODY, {"type": "BUTTONS", "buttons": [LINK]}], asked("1", "2")),
        ([BODY], asked("1", "2", buttons={0: "x"})),
    ],
)
def test_what_is_missing_or_too_much_is_refused(components, given_):
    with pytest.raises(TemplateUnfitError) as refused:
        filled(form_of(components), given_, named=False)
    assert refused.value.code == "values"


@pytest.mark.parametrize(
    "part",
    [
        {"type": "CAROUSEL", "cards": []},
        {"type": "HEADER", "format": "LOCATION"},
        {"type": "BUTTONS", "buttons": [{"type": "FLOW", "text": "form"}]},
    ],
)
def test_a_part_that_we_cannot_fill_makes_it_unfit(part):
    with pytest.raises(TemplateUnfitError) as refused:
        filled(form_of([BODY, part]), asked("1", "2"), named=False)
    assert refused.value.code == "unfit"


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["HEADER", "{{1}}"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "format", "buttons", "example", "url", "body_text"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(st.lists(ODD, max_size=4))
def test_fuzz_components_of_anything_are_read(components):
    form = form_of(components)
    assert form_of(components) == form
