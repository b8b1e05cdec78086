"""Why this answer: a page for the shop's owner and an address for programs."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from traced import HOSTILE, PROMPT, TRACE, traced

from hudhud.core import setting_up
from hudhud.web.why import why

PAGE_BYTES_MAX = 60 * 1024
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


async def test_the_line_under_an_answer_leads_to_what_it_was_made_from(console: Any) -> None:
    batch = await traced(console.database, console.shop, TRACE)
    browser = await console.signed_in()
    conversation = re.search(r"/conversations/(\d+)", (await browser.get("/")).text)
    assert conversation is not None
    thread = (await browser.get(conversation[0])).text
    assert f'href="/answers/{batch}"' in thread
    for language, words in (
        ("ar", ("لماذا هذا الرد؟", "فستان سهرة كحلي", "أضاف إلى السلة", "للمهندسين")),
        ("en", ("Why this answer?", "Navy evening dress", "Put into the cart", "For engineers")),
    ):
        await browser.post("/language", {"language": language})
        page = await browser.get(f"/answers/{batch}")
        assert page.status == 200
        assert len(gzip.compress(page.body)) < PAGE_BYTES_MAX
        for word in words:
            assert word in page.text, word
        assert TRACE["id"] in page.text
        assert PROMPT.splitlines()[0] in page.text
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;" in page.text


@pytest.mark.parametrize("trace", [None, {}, {"steps": 3}, {"found": {"products": "all"}}])
async def test_a_trace_that_this_release_does_not_understand_breaks_no_page(
    console: Any, trace: Any
) -> None:
    batch = await traced(console.database, console.shop, trace)
    browser = await console.signed_in()
    assert (await browser.get(f"/answers/{batch}")).status == 200


async def test_no_other_merchant_reads_a_trace(console: Any) -> None:
    batch = await traced(console.database, console.shop, TRACE)
    browser = await console.signed_in(console.other)
    assert (await browser.get(f"/answers/{batch}")).status == 404
    assert await _asked(console, "two", batch) == (404, b"urn:hudhud:not-found")


async def test_a_program_reads_the_trace_with_the_messages_and_what_was_changed(
    console: Any,
) -> None:
    batch = await traced(console.database, console.shop, TRACE)
    status, body = await _asked(console, "one", batch)
    assert status == 200
    assert TRACE["id"].encode() in body
    assert "هل أحجزه لك؟".encode() in body
    assert b'"key":"add_to_cart"' in body


async def _asked(console: Any, key: str, batch: int) -> tuple[int, bytes]:
    email = f"sara@{key}.example"
    token = await setting_up.api_token(console.database, console.secret, email, name="tests")
    headers = {"authorization": f"Bearer {token}"}
    told = await console.browser().ask("GET", f"/api/v1/answers/{batch}", headers=headers)
    if told.status != 200:
        return told.status, re.findall(rb"urn:hudhud:[a-z-]+", told.body)[0]
    return told.status, told.body


STEP = st.fixed_dictionaries(
    {"name": st.sampled_from(["claim", "search", "tool"])},
    optional={"at_ms": st.floats(0, 1e6), "ms": st.floats(0, 1e6), "told": st.just({})},
)


@settings(max_examples=80, deadline=None)
@given(steps=st.lists(STEP, max_size=12), took_s=st.floats(0, 100))
def test_every_step_lies_on_the_line(steps: list[dict[str, Any]], took_s: float) -> None:
    sends = [{"sending_at": NOW, "sent_at": NOW + timedelta(seconds=took_s)}]
    drawn = why({"steps": steps}, sends, NOW - timedelta(seconds=1))
    assert len(drawn.steps) == (len(steps) + 1 if steps else 0)
    for step in drawn.steps:
        assert 0 <= step.left <= 100
        assert step.left + step.width <= 100.01


def test_what_a_model_did_is_told_in_its_own_calls_and_hostile_words_stay_words() -> None:
    told = why(TRACE, [], None)
    assert [call.name for call in told.calls] == ["check_stock", "add_to_cart"]
    assert told.asked[0].why == HOSTILE
    assert told.model.tokens.tokens_in == 2140
