"""Assistants: what answers now, its versions with one draft, and what was rehearsed with them."""

from hudhud.store.assistants.rows import (
    COLUMNS,
    add,
    by_id,
    inboxes_of,
    keep_secrets,
    listed,
    replace,
    take_out,
)

__all__ = [
    "COLUMNS",
    "add",
    "by_id",
    "inboxes_of",
    "keep_secrets",
    "listed",
    "replace",
    "take_out",
]
