"""The list of an account's templates, read page by page from a stand-in of Meta."""

from __future__ import annotations

import msgspec
import pytest
from whatsapp_provider import answer, provider, refused

from hudhud.channels.whatsapp import form_of, templates
from hudhud.errors import SendRejectedError, SendUnknownError

COMPONENTS = [
    {"type": "HEADER", "format": "TEXT", "text": "Order {{1}}", "example": {"header_text": ["7"]}},
    {
        "type": "BODY",
        "text": "Hello {{1}}.",
        "example": {"body_text": [["Suad"]]},
    },
    {
        "type": "BUTTONS",
        "buttons": [
            {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+96477"},
            {"type": "URL", "text": "See", "url": "https://a.example/{{1}}", "example": ["x"]},
        ],
    },
]
ONE = {
    "id": "55",
    "name": "ready",
    "language": "en_US",
    "status": "APPROVED",
    "category": "UTILITY",
    "quality_score": {"score": "YELLOW", "date": 1},
    "rejected_reason": "NONE",
    "parameter_format": "POSITIONAL",
    "components": COMPONENTS,
}


async def test_a_page_is_read_with_what_it_says_of_each_and_the_way_to_the_next():
    page = {"data": [ONE], "paging": {"cursors": {"after": "C2"}, "next": "https://x"}}
    last = {"data": [ONE], "paging": {"cursors": {"after": "C3"}}}
    async with provider(answer(200, page), answer(200, last)) as (meta, http):
        options = msgspec.structs.replace(meta.options, waba_id="77")
        first = await templates(http, options, after="", timeout_s=5)
        second = await templates(http, options, after=first.after, timeout_s=5)
    assert (first.after, second.after) == ("C2", "")
    (seen,) = first.templates
    assert (seen.name, seen.language, seen.external_id) == ("ready", "en_US", "55")
    assert (seen.status, seen.category, seen.quality) == ("APPROVED", "UTILITY", "YELLOW")
    assert (seen.reason, seen.components) == ("", COMPONENTS)
    paths = [asked[0] for asked in meta.asked]
    assert paths[0].startswith("GET /v23.0/77/message_templates?")
    assert "after" not in paths[0]
    assert "after=C2" in paths[1]
    assert meta.asked[0][1]["authorization"] == f"Bearer {meta.options.token}"


async def test_an_entry_that_cannot_be_read_costs_no_sibling():
    odd = [None, 7, {}, {"name": "x"}, {"name": "a\u0000b", "language": "ar"}, ONE]
    async with provider(answer(200, {"data": odd, "paging": "asdf"})) as (meta, http):
        page = await templates(http, meta.options, after="", timeout_s=5)
    assert [seen.name for seen in page.templates] == ["ready"]
    assert page.after == ""


@pytest.mark.parametrize("odd", [{}, {"data": None}, {"data": {}}, {"success": True}])
async def test_an_answer_without_a_list_is_not_an_empty_list(odd):
    async with provider(answer(200, odd)) as (meta, http):
        with pytest.raises(SendUnknownError):
            await templates(http, meta.options, after="", timeout_s=5)


async def test_a_refused_list_says_why():
    async with provider(refused(190)) as (meta, http):
        with pytest.raises(SendRejectedError) as told:
            await templates(http, meta.options, after="", timeout_s=5)
    assert told.value.code == "190"


def test_what_is_to_be_filled_is_named_with_its_examples():
    form = form_of(COMPONENTS)
    assert (form.header, form.header_places, form.body_places) == ("text", ("1",), ("1",))
    assert form.examples == {"header.1": "7", "body.1": "Suad"}
    call, link = form.buttons
    assert (call.kind, call.filled, link.kind, link.filled) == ("call", False, "link", True)
    named = {"body_text_named_params": [{"param_name": "who", "example": "Suad"}]}
    form = form_of([{"type": "BODY", "text": "Hi {{who}}", "example": named}])
    assert form.examples == {"body.who": "Suad"}
