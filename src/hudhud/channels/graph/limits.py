"""What Instagram and Messenger take beside words, and the limits of each; checked before queueing.

Source: PLATFORM_FACTS part 8; Meta's Send API reference (quick replies, templates).
"""

from __future__ import annotations

from typing import NamedTuple

from hudhud.errors import BadInputError
from hudhud.model import (
    Buttons,
    Carousel,
    Content,
    Files,
    LinkButton,
    Media,
    Reaction,
    Takes,
)

QUICK_REPLIES_MAX = 13
TITLE_CHARS_MAX = 20
PAYLOAD_CHARS_MAX = 1000
ELEMENTS_MAX = 10
ELEMENT_CHARS_MAX = 80
ELEMENT_BUTTONS_MAX = 3
BUTTON_TEXT_CHARS_MAX = 640
HEART = "❤"
_MIB = 1024 * 1024
_TAKES = {
    "image": Takes(8 * _MIB, frozenset({"image/jpeg", "image/png", "image/gif"})),
    "audio": Takes(25 * _MIB, frozenset({"audio/aac", "audio/mp4", "audio/mpeg", "audio/wav"})),
    "video": Takes(25 * _MIB, frozenset({"video/mp4", "video/quicktime", "video/webm"})),
}
FILES_OF_INSTAGRAM = Files(by="link", takes=_TAKES)
FILES_OF_MESSENGER = Files(by="link", takes={**_TAKES, "document": Takes(25 * _MIB)})


class Platform(NamedTuple):
    """In what Instagram and Messenger differ.

    `text_max` counts characters, or UTF-8 bytes where `in_bytes`; `hearts_only`: the one reaction
    that may be sent is the heart; `returns_tag`: an echo brings our tag back.
    """

    name: str
    alias_kind: str
    text_max: int
    in_bytes: bool
    hearts_only: bool
    returns_tag: bool

    def text_fits(self, text: str) -> bool:
        """Whether a text is within the limit."""
        size = len(text.encode("utf-8", "surrogatepass")) if self.in_bytes else len(text)
        return size <= self.text_max


INSTAGRAM = Platform("Instagram", "igsid", 1000, in_bytes=True, hearts_only=True, returns_tag=False)
MESSENGER = Platform("Messenger", "psid", 2000, in_bytes=False, hearts_only=False, returns_tag=True)


def shown(platform: Platform, content: Content) -> str:
    """What pages show of this content as words.

    Raises:
        BadInputError: the platform does not take it, or a limit is broken; which, and what to do.
    """
    match content:
        case Media():
            return _media(platform, content)
        case Buttons():
            return _buttons(platform, content)
        case LinkButton():
            return _link_button(content)
        case Carousel():
            return _carousel(content)
        case Reaction():
            return _reaction(platform, content)
        case _:
            raise BadInputError(f"{platform.name} takes no such thing; send it as words.")


def _media(platform: Platform, media: Media) -> str:
    if media.caption:
        raise BadInputError(f"{platform.name} takes no words with a file: send them apart.")
    if media.media_id is None and not media.link.startswith(("https://", "http://")):
        raise BadInputError("A file needs an address that begins with https://.")
    return media.file_name


def _buttons(platform: Platform, content: Buttons) -> str:
    _bare(content.header, content.footer)
    if not content.text.strip() or not platform.text_fits(content.text):
        unit = "bytes" if platform.in_bytes else "characters"
        raise BadInputError(f"The text above buttons is 1 to {platform.text_max} {unit} long.")
    _count("Buttons", len(content.buttons), QUICK_REPLIES_MAX)
    for button in content.buttons:
        _fits("A button's title", button.title, TITLE_CHARS_MAX)
        _fits("A button's id", button.id, PAYLOAD_CHARS_MAX)
    return content.text


def _link_button(content: LinkButton) -> str:
    _bare(content.header, content.footer)
    _fits("The text above a button", content.text, BUTTON_TEXT_CHARS_MAX)
    _fits("A button's title", content.title, TITLE_CHARS_MAX)
    if not content.link.startswith(("https://", "http://")):
        raise BadInputError("A button's address begins with https://.")
    return content.text


def _carousel(content: Carousel) -> str:
    _count("Elements", len(content.elements), ELEMENTS_MAX)
    for element in content.elements:
        _fits("An element's title", element.title, ELEMENT_CHARS_MAX)
        _fits("An element's subtitle", element.subtitle or "-", ELEMENT_CHARS_MAX)
        if len(element.buttons) + bool(element.link) > ELEMENT_BUTTONS_MAX:
            raise BadInputError(f"An element has at most {ELEMENT_BUTTONS_MAX} buttons.")
        if not (element.subtitle or element.image_link or element.buttons or element.link):
            raise BadInputError("An element needs more than its title: a picture, words, a button.")
        for button in element.buttons:
            _fits("A button's title", button.title, TITLE_CHARS_MAX)
            _fits("A button's id", button.id, PAYLOAD_CHARS_MAX)
    return "\n".join(element.title for element in content.elements)


def _reaction(platform: Platform, content: Reaction) -> str:
    if platform.hearts_only and content.emoji and not content.emoji.startswith(HEART):
        raise BadInputError(f"On {platform.name} only a heart can be sent as a reaction.")
    return content.emoji


def _bare(header: str, footer: str) -> None:
    if header or footer:
        raise BadInputError("There is no header and no footer here; put it into the text.")


def _count(what: str, count: int, most: int) -> None:
    if not 1 <= count <= most:
        raise BadInputError(f"{what}: from 1 to {most}, not {count}.")


def _fits(what: str, text: str, chars_max: int) -> None:
    if not text.strip() or len(text) > chars_max:
        raise BadInputError(f"{what} is 1 to {chars_max} characters long.")
