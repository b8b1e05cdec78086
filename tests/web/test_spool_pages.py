"""A spool that needs a person says so on every page, with what to do."""

from __future__ import annotations

from typing import Any

import pytest

from hudhud.core.intake.spool import SpoolReport
from hudhud.web.console import page


@pytest.mark.parametrize(
    ("spool", "words"),
    [
        ({"damaged": 2}, "damaged spool files"),
        ({"room_bytes": 4096}, "no room left for the spool"),
        ({"records": 3, "bytes": 900, "oldest_s": 75.0}, "in the spool"),
    ],
)
async def test_a_spool_that_needs_a_person_is_red_and_says_what_to_do(
    console: Any, monkeypatch: pytest.MonkeyPatch, spool: dict[str, Any], words: str
) -> None:
    whole: SpoolReport = {
        "records": 0, "bytes": 0, "oldest_s": 0.0, "damaged": 0, "room_bytes": 2**40,
    }  # fmt: skip
    strip_of = page.strip_of
    monkeypatch.setattr(page, "strip_of", lambda depths, _: strip_of(depths, {**whole, **spool}))
    browser = await console.signed_in(console.other)
    waiting = (await browser.get("/waiting")).text
    assert 'class="calm act"' in waiting
    assert waiting.count(words) == 2  # in the strip, and among all states with what to do
