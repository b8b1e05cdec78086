"""What stands around the messages of one change: the account, and who is who."""

from __future__ import annotations

from typing import Any

import msgspec

from hudhud.channels import storable
from hudhud.channels.loose import items, record, words
from hudhud.model import Alias

_PHONE_SIGNS = str.maketrans("", "", " +-()")


class Person(msgspec.Struct, frozen=True):
    """One of a value's `contacts`: the ids that belong to one person, and the name they chose."""

    phone: str
    user: str
    parent: str
    name: str


class Frame(msgspec.Struct, frozen=True):
    """The account (`metadata.phone_number_id`), its phone, the people, and whether Meta failed.

    People are found by their ids, because 1000 messages may stand beside 1000 contacts. `only`
    is the one person whom a value with one message can be about.
    """

    account: str
    phone: str
    by_user: dict[str, Person]
    by_phone: dict[str, Person]
    only: Person | None
    failed: bool

    def find(self, user: str, phone: str) -> Person | None:
        """The contact with the same user id; by phone alone only when no two user ids differ."""
        if user in self.by_user:
            return self.by_user[user]
        person = self.by_phone.get(phone)
        return None if person and user and person.user else person

    def is_ours(self, sender: Any) -> bool:
        """Whether a `from` is the business itself."""
        return bool(self.phone) and phone_of(sender) == self.phone


def frame_of(value: dict[str, Any]) -> Frame:
    """Read what stands around the messages of one value."""
    metadata = record(value.get("metadata"))
    people = [_person(each) for each in items(value.get("contacts"))]
    said = len(items(value.get("messages"))) + len(items(value.get("message_echoes")))
    return Frame(
        storable.external_id(words(metadata.get("phone_number_id"))),
        phone_of(metadata.get("display_phone_number")),
        {person.user: person for person in people if person.user},
        {person.phone: person for person in people if person.phone},
        people[0] if len(people) == said == 1 else None,
        bool(value.get("errors")),
    )


def _person(raw: Any) -> Person:
    person = record(raw)
    name = words(record(person.get("profile")).get("name"))
    return Person(
        phone_of(person.get("wa_id")),
        words(person.get("user_id")),
        words(person.get("parent_user_id")),
        storable.text(name, storable.NAME_CHARS_MAX),
    )


def phone_of(raw: Any) -> str:
    """A phone as digits only; something else than a phone stays as it is."""
    given = words(raw)
    if given.isdigit() and given.isascii():
        return given
    digits = given.translate(_PHONE_SIGNS)
    return digits if digits.isdigit() and digits.isascii() else given


def identify(frame: Frame, phone: Any, user: Any, parent: Any) -> tuple[tuple[Alias, ...], str]:
    """All names of one person, in order of trust, and what they call themselves.

    `wa_user` first (Meta's id of the person, unlike a phone it is never given to somebody else),
    then `phone`, then `wa_parent_user` (the same person seen by several portfolios; rare). What
    stands where a phone should be, and is none, is kept as `wa_id`: opaque, and still an address.

    The `contacts` of the same value add what they know of this person, found by an id that is
    the same: Meta's phone and `wa_id` differ for some countries, and a guess would make two
    people one. The only contact of the only message may lend its name, and its ids when the
    message names nobody.

    Source: PLATFORM_FACTS part 4.
    """
    ids = (words(user), phone_of(phone), words(parent))
    same = frame.find(ids[0], ids[1])
    if same is None and not any(ids):
        same = frame.only
    if same:
        ids = (ids[0] or same.user, ids[1] or same.phone, ids[2] or same.parent)
    named = same or frame.only
    return aliases(*ids), named.name if named else ""


def aliases(user: str, phone: str, parent: str) -> tuple[Alias, ...]:
    """The names that can be stored, in order of trust."""
    kinds = (
        "wa_user",
        "phone" if phone.isdigit() and phone.isascii() else "wa_id",
        "wa_parent_user",
    )
    named = zip(kinds, (user, phone, parent), strict=True)
    return tuple(
        [
            Alias(kind, value)
            for kind, value in named
            if value and storable.external_id(value) == value
        ]
    )
