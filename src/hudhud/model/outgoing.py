"""What leaves: one part of a reply, and everything that it may be beside words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

import msgspec

from hudhud.model.accounts import Alias


class Kind(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True):
    """Something to send that is more than plain words; in the database and the API by its tag.

    No channel takes all of them: its `checked` says what it refuses, and which limit is broken,
    before anything is queued.
    """

    @property
    def tag(self) -> str:
        """What it is called in the database, the API and the texts of pages."""
        return str(self.__struct_config__.tag)


class Media(Kind, frozen=True, tag="media"):
    """A file: one that we keep (`media_id`, our own) or one at an address (`link`).

    `uploaded` is the provider's id of one that was given to it before.
    """

    type: Literal["image", "audio", "video", "document", "sticker"]
    media_id: int | None = None
    link: str = ""
    uploaded: str = ""
    caption: str = ""
    file_name: str = ""
    voice: bool = False


class Place(Kind, frozen=True, tag="location"):
    """A point on the map."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


class Card(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One person of a `Cards`."""

    name: str
    phone: str
    organisation: str = ""


class Cards(Kind, frozen=True, tag="contacts"):
    """People to get in touch with."""

    cards: tuple[Card, ...]


class Reaction(Kind, frozen=True, tag="reaction"):
    """An emoji on a message of the contact (`about`, the provider's id); empty takes it off."""

    about: str
    emoji: str = ""


class Choice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing to tap: `id` comes back to us, `title` is read."""

    id: str
    title: str
    description: str = ""


class Buttons(Kind, frozen=True, tag="buttons"):
    """A few answers to tap; a quick reply where a channel calls it that."""

    text: str
    buttons: tuple[Choice, ...]
    header: str = ""
    footer: str = ""


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A titled part of a `Menu`."""

    rows: tuple[Choice, ...]
    title: str = ""


class Menu(Kind, frozen=True, tag="list"):
    """A list that opens at a button."""

    text: str
    button: str
    sections: tuple[Section, ...]
    header: str = ""
    footer: str = ""


class LinkButton(Kind, frozen=True, tag="link_button"):
    """A button that opens an address."""

    text: str
    title: str
    link: str
    header: str = ""
    footer: str = ""


class Shelf(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A titled part of `Products`: what the merchant calls its products in the catalogue."""

    retailer_ids: tuple[str, ...]
    title: str = ""


class Products(Kind, frozen=True, tag="products"):
    """One product of the provider's catalogue, or several of them on shelves."""

    catalog_id: str
    shelves: tuple[Shelf, ...]
    text: str = ""
    header: str = ""
    footer: str = ""


class Flow(Kind, frozen=True, tag="flow"):
    """A form that the provider shows (WhatsApp Flows)."""

    text: str
    button: str
    flow_id: str
    token: str
    screen: str = ""
    data: dict[str, str] = {}
    header: str = ""
    footer: str = ""


class Element(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One picture with words and buttons of a `Carousel`; a button with a `link` opens it."""

    title: str
    subtitle: str = ""
    image_link: str = ""
    link: str = ""
    buttons: tuple[Choice, ...] = ()


class Carousel(Kind, frozen=True, tag="carousel"):
    """Elements side by side (the generic template of Messenger and Instagram)."""

    elements: tuple[Element, ...]


class Template(Kind, frozen=True, tag="template"):
    """A text that the provider approved before; the only thing that leaves outside the window.

    `body` and `header` fill the places of the text in their order, `buttons` those of the buttons
    by their place. `body_names` and `header_names` are what the text calls its places, where
    it does not number them. `preview` is what the contact will read, for pages.
    """

    name: str
    language: str
    body: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    header_media: Media | None = None
    buttons: dict[int, str] = {}
    body_names: tuple[str, ...] = ()
    header_names: tuple[str, ...] = ()
    preview: str = ""


Content = (
    Media
    | Place
    | Cards
    | Reaction
    | Buttons
    | Menu
    | LinkButton
    | Products
    | Flow
    | Carousel
    | Template
)


class Takes(NamedTuple):
    """Which files of one kind a channel takes: how large, of which types (none named: of any)."""

    bytes_max: int
    mimes: frozenset[str] = frozenset()


class Files(NamedTuple):
    """How a file that we keep leaves over a channel, and which: its `FILES`.

    `by`: `upload`, given to the provider before by the channel's own `upload`; `link`, fetched by
    the provider from us; `data`, in base64 where the link would stand.
    """

    by: Literal["upload", "link", "data"]
    takes: Mapping[str, Takes]


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a reply, ready for `channel.send`. `to` is the contact's alias, `tag` is ours.

    With `content`, `text` is only what pages show of it. `late` says that the first window is
    closed and a person writes (Messenger and Instagram want a tag then).
    """

    to: Alias
    text: str
    tag: str
    reply_to: str | None = None
    content: Content | None = None
    late: bool = False
