"""What a later message did to an earlier one stands on that one, and is not told twice."""

from __future__ import annotations

from typing import Any

import pytest

from hudhud.web.kinds import threaded


def row(number: int, kind: str, note: str | None = None, about: str | None = None) -> Any:
    named = {"id": number, "provider_id": f"mid.{number}", "reply_to": about}
    return {**named, "kind": kind, "note": note, "author": "contact", "content": None}


@pytest.mark.parametrize(("note", "hidden"), [("revoked", {2}), (None, set())])
def test_a_deletion_is_told_once(note: str | None, hidden: set[int]) -> None:
    found = threaded([row(1, "text", note), row(2, "revoke", "revoke", "mid.1")])
    assert found.hidden == hidden
    assert found.marks["mid.1"].revoked
