"""What a responder reads of each type of message: our kind, and the words in it.

A reader returns "" when the type carries no words, None when the body is not what it promises.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hudhud.channels.loose import items, record, words
from hudhud.channels.places import place

Reader = Callable[[Any], str | None]


def _plain(body: Any) -> str | None:
    return body if isinstance(body, str) else None


def _of(*names: str) -> Reader:
    """The first of these fields that holds words; a dot goes one deeper."""

    def read(body: Any) -> str | None:
        if not isinstance(body, dict):
            return None
        return next(filter(None, (_at(body, name) for name in names)), "")

    return read


def _at(body: dict[str, Any], name: str) -> str:
    *path, last = name.split(".")
    for step in path:
        body = record(body.get(step))
    return words(body.get(last))


def _extended(body: Any) -> str | None:
    written = record(body).get("text")
    return written if isinstance(written, str) else None


def _place(body: Any) -> str | None:
    if not isinstance(body, dict):
        return None
    named = (words(body.get("name")), words(body.get("address")))
    return place(body.get("degreesLatitude"), body.get("degreesLongitude"), *named)


def _people(body: Any) -> str | None:
    if not isinstance(body, dict):
        return None
    names = [words(record(card).get("displayName")) for card in items(body.get("contacts"))]
    return ", ".join(filter(None, names)) or words(body.get("displayName"))


def _poll(body: Any) -> str | None:
    if not isinstance(body, dict):
        return None
    options = [words(record(one).get("optionName")) for one in items(body.get("options"))]
    return "\n".join(filter(None, (words(body.get("name")), *options)))


_CAPTION = _of("caption")
_NOTHING = _of()

# The order is the order in which a message is looked through: what says most comes first.
READERS: dict[str, tuple[str, Reader]] = {
    "conversation": ("text", _plain),
    "extendedTextMessage": ("text", _extended),
    "text": ("text", _plain),
    "imageMessage": ("image", _CAPTION),
    "videoMessage": ("video", _CAPTION),
    "ptvMessage": ("video", _CAPTION),
    "audioMessage": ("audio", _CAPTION),
    "documentMessage": ("document", _CAPTION),
    "stickerMessage": ("sticker", _CAPTION),
    "locationMessage": ("location", _place),
    "liveLocationMessage": ("location", _CAPTION),
    "contactMessage": ("contacts", _people),
    "contactsArrayMessage": ("contacts", _people),
    "reactionMessage": ("reaction", _of("text")),
    "buttonsResponseMessage": (
        "button",
        _of("selectedDisplayText", "Response.SelectedDisplayText", "selectedButtonId"),
    ),
    "templateButtonReplyMessage": ("button", _of("selectedDisplayText", "selectedId")),
    "listResponseMessage": ("interactive", _of("title", "singleSelectReply.selectedRowId")),
    "interactiveResponseMessage": ("interactive", _of("body.text")),
    "orderMessage": ("order", _of("message", "orderTitle")),
    "productMessage": ("order", _of("product.title", "body")),
    "groupInviteMessage": ("text", _of("caption", "groupName")),
    "buttonsMessage": ("interactive", _of("contentText")),
    "listMessage": ("interactive", _of("description", "title")),
    "interactiveMessage": ("interactive", _of("body.text")),
    "templateMessage": ("interactive", _of("hydratedTemplate.hydratedContentText")),
    "pollCreationMessage": ("poll", _poll),
    "pollCreationMessageV2": ("poll", _poll),
    "pollCreationMessageV3": ("poll", _poll),
    "pollUpdateMessage": ("poll_vote", _NOTHING),
    "call": ("system", _NOTHING),
    "albumMessage": ("system", _NOTHING),
    "pinInChatMessage": ("system", _NOTHING),
    "keepInChatMessage": ("system", _NOTHING),
    "senderKeyDistributionMessage": ("system", _NOTHING),
}
