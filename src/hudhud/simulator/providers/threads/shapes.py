"""What Instagram and Messenger make of each thing that a customer does. Pure.

A shape is an event without its frame: `wire.py` adds who, when, and the message's own id.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hudhud.errors import BadInputError
from hudhud.simulator import files
from hudhud.simulator.customers.saying import Say

Shape = dict[str, Any]
TEXT_CHARS_MAX = 2000
THUMB = 369239263222822  # Messenger's own thumb
STORY = "17900000000000001"
HEARTS = ("❤", "❤️")


def text(say: Say) -> Shape:
    """A text message.

    Raises:
        BadInputError: it is empty, or longer than the app lets one type.
    """
    if not 1 <= len(say.text) <= TEXT_CHARS_MAX:
        raise BadInputError(f"A text message needs a text of 1 to {TEXT_CHARS_MAX} characters.")
    return {"message": {"text": say.text}}


def media(type_: str, kind: str) -> Callable[[Say], Shape]:
    """A file of that type, at an address that asks for no token."""

    def shape(say: Say) -> Shape:
        return _attached(type_, url=_address(kind, say))

    return shape


def sticker(say: Say) -> Shape:
    """A sticker is a picture with a number."""
    return _attached("image", url=_address("image", say), sticker_id=THUMB)


def heart(_say: Say) -> Shape:
    """Instagram's like."""
    return {"message": {"attachments": [{"type": "like_heart"}]}}


def location(say: Say) -> Shape:
    """A place; only older apps still send one."""
    place = {"coordinates": {"lat": say.latitude, "long": say.longitude}}
    return {"message": {"attachments": [{"type": "location", "title": say.text, "payload": place}]}}


def share(type_: str) -> Callable[[Say], Shape]:
    """Somebody's post, or any address."""

    def shape(say: Say) -> Shape:
        return _attached(type_, url=say.more["url"], title=say.text)

    return shape


def reel(say: Say) -> Shape:
    """Somebody's reel."""
    return _attached(
        "ig_reel", reel_video_id=STORY, title=say.text, url="https://cdn.example.com/reel.mp4"
    )


def story_reply(say: Say) -> Shape:
    """An answer to a story of the account."""
    return {
        "message": {
            "text": say.text,
            "reply_to": {"story": {"id": STORY, "url": say.more["url"]}},
        }
    }


def story_mention(say: Say) -> Shape:
    """A story in which the account is named."""
    return _attached("story_mention", url=say.more["url"])


def quick_reply(say: Say) -> Shape:
    """One of the answers that a message offered."""
    return {"message": {"text": say.text, "quick_reply": {"payload": say.id or say.text}}}


def postback(say: Say) -> Shape:
    """A button of a template, an ice breaker, or Get started."""
    return {"postback": {"title": say.text, "payload": say.id or say.text}}


def reaction(say: Say) -> Shape:
    """A reaction, or with an empty emoji its removal."""
    about: Shape = {"mid": say.message_id, "action": "react" if say.emoji else "unreact"}
    if say.emoji:
        name = "love" if say.emoji in HEARTS else "other"
        about |= {"reaction": name, "emoji": say.emoji}
    return {"reaction": about}


def edit(say: Say) -> Shape:
    """Other words for a message."""
    return {"message_edit": {"mid": say.message_id, "text": say.text, "num_edit": 1}}


def revoke(say: Say) -> Shape:
    """A message is unsent."""
    return {"message": {"mid": say.message_id, "is_deleted": True}}


def read(say: Say) -> Shape:
    """The customer saw it."""
    return {"read": {"mid": say.message_id}}


def referral(say: Say) -> Shape:
    """The customer came by a link of the account, or by an ad, and wrote nothing yet."""
    return {"referral": {"ref": say.text, "source": "SHORTLINK", "type": "OPEN_THREAD"}}


def unsupported(_say: Say) -> Shape:
    """Something that Meta does not pass on: a gif, a vanishing photo."""
    return {"message": {"is_unsupported": True}}


def echo(say: Say) -> Shape:
    """What the owner wrote in the app itself."""
    return {"message": {"is_echo": True, **text(say)["message"]}}


def _attached(type_: str, **payload: Any) -> Shape:
    filled = {name: value for name, value in payload.items() if value}
    return {"message": {"attachments": [{"type": type_, "payload": filled}]}}


def _address(kind: str, say: Say) -> str:
    return f"/simulator/files/{files.named(kind, f'{say.wamid}/{say.text}')['id']}"
