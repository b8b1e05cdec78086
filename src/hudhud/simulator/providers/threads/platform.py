"""In what Instagram and Messenger differ."""

from __future__ import annotations

from typing import NamedTuple


class Platform(NamedTuple):
    """One of the two.

    `object` names it in webhooks; ids of messages begin with `mid_head`; `text_max` counts UTF-8
    bytes where `in_bytes`, else characters. `returns_tag`: an echo brings `metadata` back.
    `names_reads`: a read names its message, else only a moment. `tags` may go out after 24 h;
    `files` are the types of attachment that it takes.

    Source: PLATFORM_FACTS part 8; Meta's Send API references.
    """

    object: str
    mid_head: str
    text_max: int
    in_bytes: bool
    returns_tag: bool
    names_reads: bool
    tags: frozenset[str]
    files: frozenset[str]

    def size(self, text: str) -> int:
        """How long a text is, as this platform counts."""
        return len(text.encode("utf-8", "surrogatepass")) if self.in_bytes else len(text)


INSTAGRAM = Platform(
    object="instagram",
    mid_head="aWdf",
    text_max=1000,
    in_bytes=True,
    returns_tag=False,
    names_reads=True,
    tags=frozenset({"HUMAN_AGENT"}),
    files=frozenset({"image", "audio", "video", "file", "like_heart", "MEDIA_SHARE"}),
)
MESSENGER = Platform(
    object="page",
    mid_head="m_",
    text_max=2000,
    in_bytes=False,
    returns_tag=True,
    names_reads=False,
    tags=frozenset(
        {"HUMAN_AGENT", "ACCOUNT_UPDATE", "CONFIRMED_EVENT_UPDATE", "POST_PURCHASE_UPDATE"}
    ),
    files=frozenset({"image", "audio", "video", "file"}),
)
