"""What the widget shows beside words, its limits, and the words that pages show of it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hudhud.errors import BadInputError
from hudhud.model import (
    Buttons,
    Cards,
    Carousel,
    Choice,
    Content,
    LinkButton,
    Media,
    Menu,
    Place,
)

TEXT_CHARS_MAX = 4000
TITLE_CHARS_MAX = 80
BUTTONS_MAX = 10
ROWS_MAX = 20
ELEMENTS_MAX = 10
CARDS_MAX = 10


def checked(content: Content) -> str:
    """What pages show of this content, when the widget shows it.

    Raises:
        BadInputError: another kind, or more of it than the widget shows.
    """
    words = _WORDS.get(type(content))
    if words is None:
        raise BadInputError(
            "Web chat takes text, files, links, quick replies, lists, rows of elements, places "
            "and people."
        )
    return words(content)


def _media(sent: Media) -> str:
    if not sent.media_id:
        _secure(sent.link)
    return sent.caption or sent.file_name or sent.link


def _buttons(sent: Buttons) -> str:
    _tapped(sent.buttons, BUTTONS_MAX, "quick replies")
    return _text(sent.text)


def _list(sent: Menu) -> str:
    _tapped([row for part in sent.sections for row in part.rows], ROWS_MAX, "rows of a list")
    return _text(sent.text)


def _link(sent: LinkButton) -> str:
    _secure(sent.link)
    _fits(len(sent.title), TITLE_CHARS_MAX, "characters of a button")
    return _text(sent.text)


def _carousel(sent: Carousel) -> str:
    _fits(len(sent.elements), ELEMENTS_MAX, "elements")
    for one in sent.elements:
        for link in filter(None, (one.link, one.image_link)):
            _secure(link)
        if one.buttons:
            _tapped(one.buttons, BUTTONS_MAX, "buttons of an element")
    return "\n".join(one.title for one in sent.elements)


def _place(sent: Place) -> str:
    return sent.name or sent.address or f"{sent.latitude:.6f},{sent.longitude:.6f}"


def _cards(sent: Cards) -> str:
    _fits(len(sent.cards), CARDS_MAX, "people")
    return "\n".join(card.name for card in sent.cards)


def _tapped(choices: tuple[Choice, ...] | list[Choice], most: int, what: str) -> None:
    _fits(len(choices), most, what)
    for choice in choices:
        _fits(len(choice.title), TITLE_CHARS_MAX, "characters of what is tapped")


def _text(text: str) -> str:
    _fits(len(text), TEXT_CHARS_MAX, "characters of text")
    return text


def _fits(count: int, most: int, what: str) -> None:
    if not 1 <= count <= most:
        raise BadInputError(f"Web chat takes 1 to {most} {what}, not {count}.")


def _secure(link: str) -> None:
    if not link.startswith("https://"):
        raise BadInputError("Web chat shows only what lies at an https address.")


_WORDS: dict[type, Callable[[Any], str]] = {
    Media: _media,
    Buttons: _buttons,
    Menu: _list,
    LinkButton: _link,
    Carousel: _carousel,
    Place: _place,
    Cards: _cards,
}
