"""One message as the widget draws it: words, what is more than words, whose it is. Pure."""

from __future__ import annotations

from typing import Any

from hudhud.web.drawing import Row

# What somebody else's release put there is drawn as its words.
_SHOWN = frozenset({"media", "buttons", "list", "link_button", "location", "contacts", "carousel"})


def drawn(row: Row) -> dict[str, Any]:
    """A row of `store.visits.messages` for the visitor."""
    inbound = row["direction"] == "in"
    content = row["content"] if isinstance(row["content"], dict) else {}
    told = {
        "seq": row["seq"],
        "id": (inbound and own_id(row["external_id"])) or f"m{row['seq']}",
        "from": "visitor" if inbound else row["author"],
        "text": row["body"] or "",
        "at": row["accepted_at"].timestamp(),
    }
    sent = content.get("send")
    if isinstance(sent, dict) and sent.get("kind") in _SHOWN:
        told["content"] = sent
    if quoted := own_id(row["reply_to"]):
        told["about"] = quoted
    return told


def own_id(external_id: str | None) -> str:
    """The browser's own id of a message, which stands behind the visitor's; empty for others."""
    _, colon, own = (external_id or "").rpartition(":")
    return own if colon else ""
