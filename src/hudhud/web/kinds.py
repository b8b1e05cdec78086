"""What a thread shows of a message beside its words, whatever a provider put into it. Pure.

Nothing here raises: what was stored came from outside, and a page must be drawn all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hudhud.web.drawing import Row

CARDS_MAX = 10
LINES_MAX = 30
# Kinds that are words and nothing more.
WORDS = frozenset({"text", "button", "interactive", "postback"})
# Kinds that are somebody's story or post: the page says so above its link.
LINKED = frozenset({"story_reply", "story_mention", "share", "ig_reel", "reel"})
# Kinds that are told on the message they are about, where that is on the page.
_MARKS = frozenset({"reaction", "edit", "revoke"})
_LATITUDE_MAX, _LONGITUDE_MAX = 90.0, 180.0
_COORDINATES = re.compile(r"(-?\d{1,2}\.\d{1,17}),\s?(-?\d{1,3}\.\d{1,17})$")


class Spot(NamedTuple):
    """A point that opens in a map."""

    name: str
    link: str


class Person(NamedTuple):
    """One card of somebody's contacts."""

    name: str
    phone: str


class Line(NamedTuple):
    """One line of an order, or one thing that could be tapped: its words, and its number if any."""

    words: str
    number: int | None = None


@dataclass(slots=True)
class Marks:
    """What later messages did to one: its reactions by who, whether it was changed or deleted."""

    reactions: dict[str, str] = field(default_factory=dict)
    edited: bool = False
    revoked: bool = False


class Threaded(NamedTuple):
    """The messages of a page by the provider's id, the marks on them, and what became a mark."""

    by_name: Mapping[str, Row]
    marks: Mapping[str, Marks]
    hidden: frozenset[int]


def threaded(rows: Sequence[Row]) -> Threaded:
    """Find out which messages of a page are about which others.

    Args:
        rows: as `store.threads.messages` read them, oldest first.
    """
    by_name = {name: row for row in rows if (name := row["provider_id"])}
    marks: dict[str, Marks] = {}
    hidden = set()
    for row in rows:
        if row["kind"] not in _MARKS or row["reply_to"] not in by_name:
            continue
        mark = marks.setdefault(row["reply_to"], Marks())
        mark.edited |= row["kind"] == "edit"
        mark.revoked |= row["kind"] == "revoke"
        if row["kind"] == "revoke" and by_name[row["reply_to"]]["note"] == "revoked":
            hidden.add(row["id"])  # its message says so itself
        if row["kind"] == "reaction":
            hidden.add(row["id"])
            emoji = _emoji(row)
            mark.reactions[row["author"]] = emoji
            if not emoji:
                del mark.reactions[row["author"]]
    return Threaded(by_name, marks, frozenset(hidden))


def spot(row: Row) -> Spot | None:
    """Where a location lies, with a link to a map; None when its numbers are none."""
    place = _part(row, "location")
    try:
        latitude, longitude = float(place["latitude"]), float(place["longitude"])
    except (KeyError, TypeError, ValueError):
        return None
    if not (abs(latitude) <= _LATITUDE_MAX and abs(longitude) <= _LONGITUDE_MAX):
        return None
    at = f"{latitude:.6f},{longitude:.6f}"
    named = " · ".join(_words(place.get(key)) for key in ("name", "address") if place.get(key))
    link = map_link(at)
    return Spot(named or at, link)


def map_link(address: str) -> str:
    """Where an address lies, if it ends with its coordinates; empty where it does not."""
    at = _COORDINATES.search(address)
    place = f"{at[1]}&mlon={at[2]}" if at else ""
    return f"https://www.openstreetmap.org/?mlat={place}" if place else ""


def people(row: Row) -> list[Person]:
    """Whom contact cards name, at most CARDS_MAX."""
    sent = _record(_record(row["content"]).get("send")).get("cards")
    cards = sent if isinstance(sent, list) else _record(row["content"]).get("contacts")
    found = []
    for card in _records(cards, CARDS_MAX):
        name = card.get("name")
        phones = _records(card.get("phones"), 1)
        said = _record(name).get("formatted_name") if isinstance(name, dict) else name
        phone = phones[0].get("phone") if phones else card.get("phone")
        found.append(Person(_words(said), _words(phone)))
    return found


def lines(row: Row) -> list[Line]:
    """What an order names, or what could be tapped in what we sent; at most LINES_MAX."""
    content = _record(row["content"])
    items = _records(_record(content.get("order")).get("product_items"), LINES_MAX)
    if items:
        return [
            Line(_words(one.get("product_retailer_id")), _whole(one.get("quantity")))
            for one in items
        ]
    sent = _record(content.get("send"))
    rows = [one for part in _records(sent.get("sections"), LINES_MAX) for one in _tapped(part)]
    shown = [*_records(sent.get("buttons"), LINES_MAX), *rows]
    return [Line(_words(one.get("title"))) for one in shown[:LINES_MAX]]


def _tapped(part: dict[str, Any]) -> Iterable[dict[str, Any]]:
    return _records(part.get("rows"), LINES_MAX)


def _emoji(row: Row) -> str:
    return _words(_part(row, "reaction").get("emoji")) if row["note"] != "reaction_removed" else ""


def _part(row: Row, kind: str) -> dict[str, Any]:
    content = _record(row["content"])
    sent = _record(content.get("send"))
    return sent if sent.get("kind") == kind else _record(content.get(kind))


def _record(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _records(value: object, count_max: int) -> list[dict[str, Any]]:
    found = value if isinstance(value, list) else []
    return [one for one in found if isinstance(one, dict)][:count_max]


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, (int, float)) and abs(value) < 10**9 else None
