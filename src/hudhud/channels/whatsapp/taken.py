"""What WhatsApp takes beside words, and the sentence for what it does not (PLATFORM_FACTS 5)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any

from hudhud.errors import BadInputError
from hudhud.model import (
    Buttons,
    Cards,
    Choice,
    Content,
    Flow,
    LinkButton,
    Media,
    Menu,
    Place,
    Products,
    Reaction,
    Template,
)

BODY_CHARS_MAX = 1024
CAPTION_CHARS_MAX = 1024
HEADER_CHARS_MAX = 60
FOOTER_CHARS_MAX = 60
BUTTONS_MAX = 3
BUTTON_TITLE_CHARS_MAX = 20
BUTTON_ID_CHARS_MAX = 256
SECTIONS_MAX = 10
ROWS_MAX = 10
ROW_TITLE_CHARS_MAX = 24
ROW_ID_CHARS_MAX = 200
ROW_DESCRIPTION_CHARS_MAX = 72
SECTION_TITLE_CHARS_MAX = 24
PRODUCTS_MAX = 30
FLOW_BUTTON_CHARS_MAX = 30
CARDS_MAX = 257
NAME_CHARS_MAX = 1000
EMOJI_CHARS_MAX = 32
ID_CHARS_MAX = 512
LINK_CHARS_MAX = 2000
TEMPLATE_PARAMETERS_MAX = 64
TEMPLATE_BUTTONS_MAX = 10
FILE_NAME_CHARS_MAX = 240

_LINK = re.compile(r"https?://[^\s]+")
_TEMPLATE_NAME = re.compile(r"[a-z0-9_]{1,512}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,4})?")
_UNFIT_PARAMETER = re.compile(r"[\n\t]| {5}")


def checked(content: Content) -> str:
    """What pages show of this content as words, when WhatsApp takes it.

    Raises:
        BadInputError: WhatsApp does not, or one of its limits is broken; which, and what to do.
    """
    check = _CHECKS.get(type(content))
    if check is not None:
        return check(content)
    raise BadInputError("WhatsApp shows no carousel of this kind; send a list or products instead.")


def _media(media: Media) -> str:
    if sum((media.media_id is not None, bool(media.link), bool(media.uploaded))) != 1:
        raise BadInputError("A file is either one that we keep or one at an address; name one.")
    if media.link:
        _address("The file's address", media.link)
    if media.caption and media.type in ("audio", "sticker"):
        raise BadInputError(f"WhatsApp shows no caption under {media.type}; send it as a text.")
    _most("The caption", media.caption, CAPTION_CHARS_MAX)
    _most("The file's name", media.file_name, FILE_NAME_CHARS_MAX)
    return media.caption or media.file_name


def _place(place: Place) -> str:
    fits = abs(place.latitude) <= 90 and abs(place.longitude) <= 180  # noqa: PLR2004 - the globe
    if not fits or not math.isfinite(place.latitude + place.longitude):
        raise BadInputError("Latitude goes from -90 to 90, longitude from -180 to 180.")
    _most("The place's name", place.name, NAME_CHARS_MAX)
    _most("The place's address", place.address, NAME_CHARS_MAX)
    return ", ".join(filter(None, (place.name, place.address)))


def _cards(content: Cards) -> str:
    _count("people", len(content.cards), CARDS_MAX)
    for card in content.cards:
        _needed("Each person's name", card.name, NAME_CHARS_MAX)
        _needed("Each person's phone", card.phone, BUTTON_TITLE_CHARS_MAX)
        _most("An organisation", card.organisation, NAME_CHARS_MAX)
    return ", ".join(card.name for card in content.cards)


def _reaction(content: Reaction) -> str:
    _needed("The message to react to", content.about, ID_CHARS_MAX)
    _most("The reaction", content.emoji, EMOJI_CHARS_MAX)
    return content.emoji


def _around(content: Buttons | Menu | LinkButton | Flow) -> None:
    _needed("The text", content.text, BODY_CHARS_MAX)
    _most("The header", content.header, HEADER_CHARS_MAX)
    _most("The footer", content.footer, FOOTER_CHARS_MAX)


def _buttons(content: Buttons) -> str:
    _around(content)
    if len(content.buttons) > BUTTONS_MAX:
        raise BadInputError(
            f"WhatsApp shows at most {BUTTONS_MAX} buttons, these are {len(content.buttons)}; "
            "send a list for more."
        )
    _count("buttons", len(content.buttons), BUTTONS_MAX)
    for button in content.buttons:
        _needed("Each button's title", button.title, BUTTON_TITLE_CHARS_MAX)
        _needed("Each button's id", button.id, BUTTON_ID_CHARS_MAX)
        if button.description:
            raise BadInputError("WhatsApp's buttons have no description; a list's rows have one.")
    _distinct("buttons", content.buttons, titles=True)
    return content.text


def _menu(content: Menu) -> str:
    _around(content)
    _needed("The list's button", content.button, BUTTON_TITLE_CHARS_MAX)
    _count("sections", len(content.sections), SECTIONS_MAX)
    rows = [row for section in content.sections for row in section.rows]
    if len(rows) > ROWS_MAX:
        raise BadInputError(
            f"WhatsApp's list has at most {ROWS_MAX} rows in all its sections, these are "
            f"{len(rows)}; send two lists."
        )
    for section in content.sections:
        _count("rows of a section", len(section.rows), ROWS_MAX)
        _section_title(section.title, len(content.sections))
    for row in rows:
        _needed("Each row's title", row.title, ROW_TITLE_CHARS_MAX)
        _needed("Each row's id", row.id, ROW_ID_CHARS_MAX)
        _most("A row's description", row.description, ROW_DESCRIPTION_CHARS_MAX)
    _distinct("rows", rows, titles=False)
    return content.text


def _link_button(content: LinkButton) -> str:
    _around(content)
    _needed("The button's title", content.title, BUTTON_TITLE_CHARS_MAX)
    _address("The button's address", content.link)
    return content.text


def _products(content: Products) -> str:
    ids = [id_ for shelf in content.shelves for id_ in shelf.retailer_ids]
    _needed("The catalogue's id", content.catalog_id, ID_CHARS_MAX)
    _count("products", len(ids), PRODUCTS_MAX)
    _count("shelves", len(content.shelves), SECTIONS_MAX)
    for shelf in content.shelves:
        _count("products of a shelf", len(shelf.retailer_ids), PRODUCTS_MAX)
        _section_title(shelf.title, len(content.shelves))
    for id_ in ids:
        _needed("Each product's id", id_, ID_CHARS_MAX)
    _most("The text", content.text, BODY_CHARS_MAX)
    _most("The footer", content.footer, FOOTER_CHARS_MAX)
    if len(ids) > 1:
        _needed("The header over several products", content.header, HEADER_CHARS_MAX)
        _needed("The text over several products", content.text, BODY_CHARS_MAX)
    elif content.header:
        raise BadInputError("WhatsApp shows no header over a single product; leave it out.")
    return content.text or ", ".join(ids)


def _flow(content: Flow) -> str:
    _around(content)
    _needed("The form's button", content.button, FLOW_BUTTON_CHARS_MAX)
    _needed("The form's id", content.flow_id, ID_CHARS_MAX)
    _needed("The form's token", content.token, ID_CHARS_MAX)
    if content.data and not content.screen:
        raise BadInputError("Data of a form need the screen that reads them; name it.")
    return content.text


def _template(content: Template) -> str:
    if not _TEMPLATE_NAME.fullmatch(content.name):
        raise BadInputError("A template's name is small letters, digits and _; pick one of yours.")
    if not _LANGUAGE.fullmatch(content.language):
        raise BadInputError("A template's language is a code like ar or en_US.")
    if content.header and content.header_media:
        raise BadInputError("A template's header is words or a file, not both.")
    if content.header_media:
        if content.header_media.type not in ("image", "video", "document"):
            raise BadInputError("A template's header is an image, a video or a document.")
        _media(content.header_media)
    _most_of("parameters", len(content.body) + len(content.header), TEMPLATE_PARAMETERS_MAX)
    _values(content.body, content.body_names)
    _values(content.header, content.header_names)
    for place, value in content.buttons.items():
        if not 0 <= place < TEMPLATE_BUTTONS_MAX:
            raise BadInputError(
                f"A template's buttons are numbered 0 to {TEMPLATE_BUTTONS_MAX - 1}."
            )
        _needed("A template button's parameter", value, LINK_CHARS_MAX)
    return content.preview or content.name


def _values(values: Sequence[str], names: Sequence[str]) -> None:
    if names and len(names) != len(values):
        raise BadInputError("Each parameter of a template has its name, or none has one.")
    for value in values:
        _needed("Each parameter of a template", value, BODY_CHARS_MAX)
        if _UNFIT_PARAMETER.search(value):
            raise BadInputError("A template's parameter holds no new line, tab or five spaces.")


def _section_title(title: str, sections: int) -> None:
    _most("A section's title", title, SECTION_TITLE_CHARS_MAX)
    if sections > 1 and not title.strip():
        raise BadInputError("Each of several sections needs a title; give it one.")


def _distinct(what: str, choices: Sequence[Choice], *, titles: bool) -> None:
    ids = {choice.id for choice in choices}
    seen = {choice.title for choice in choices}
    if len(ids) < len(choices) or (titles and len(seen) < len(choices)):
        raise BadInputError(f"Two {what} are the same; WhatsApp wants each one different.")


def _needed(what: str, text: str, chars_max: int) -> None:
    if not text.strip():
        raise BadInputError(f"{what} must not be empty; write it.")
    _most(what, text, chars_max)


def _most(what: str, text: str, chars_max: int) -> None:
    if len(text) > chars_max:
        raise BadInputError(
            f"{what} may have {chars_max} characters in WhatsApp and has {len(text)}; shorten it."
        )


def _count(what: str, count: int, most: int) -> None:
    if count < 1:
        raise BadInputError(f"There are no {what}; add at least one.")
    _most_of(what, count, most)


def _most_of(what: str, count: int, most: int) -> None:
    if count > most:
        raise BadInputError(f"WhatsApp takes at most {most} {what}, these are {count}; send fewer.")


def _address(what: str, link: str) -> None:
    _most(what, link, LINK_CHARS_MAX)
    if not _LINK.fullmatch(link):
        raise BadInputError(f"{what} must begin with https:// and hold no space.")


_CHECKS: dict[type[Content], Callable[[Any], str]] = {
    Media: _media,
    Place: _place,
    Cards: _cards,
    Reaction: _reaction,
    Buttons: _buttons,
    Menu: _menu,
    LinkButton: _link_button,
    Products: _products,
    Flow: _flow,
    Template: _template,
}
