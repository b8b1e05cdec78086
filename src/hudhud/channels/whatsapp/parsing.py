"""Walks one webhook: every entry, every change, every message and status; no sibling is lost."""

from __future__ import annotations

from typing import Any

from hudhud.channels.loose import document, items, record, stamp, words
from hudhud.channels.whatsapp.frame import Frame, frame_of
from hudhud.channels.whatsapp.messages import read_message
from hudhud.channels.whatsapp.plain import read_plain
from hudhud.channels.whatsapp.plain_status import read_plain_status
from hudhud.channels.whatsapp.renames import of_system, of_update
from hudhud.channels.whatsapp.statuses import read_status
from hudhud.channels.whatsapp.told_templates import FIELDS, read_template
from hudhud.errors import UnreadableWebhookError
from hudhud.model import DeliveryStatus, InboundMessage, Parsed, Renamed, TemplateTold, Unread

# What a value may hold beside what we read; anything else is reported, so that nothing is silent.
_FRAME_KEYS = frozenset({"messaging_product", "metadata", "contacts"})
_REASON_CHARS_MAX = 120
_OF_STATUSES = b'"statuses"'


def parse(body: bytes) -> Parsed:
    """Read one webhook of the Cloud API; pure.

    A part that cannot be read becomes an `Unread` with its place and reason: `field:<name>` (a
    webhook about something else than messages), `key:<name>` (a part of a value that we do not
    know), `error:<code>` (Meta's own), `status:<name>`, `no id`, `no sender`, `not an object`.

    Raises:
        UnreadableWebhookError: not JSON, not an object, or without a single entry.

    Source: PLATFORM_FACTS parts 1 to 4; up to 1000 updates may stand in one webhook.
    """
    # Asked in the body first: to be refused by a decoder costs as much as to be read by one.
    by_shape = read_plain_status if _OF_STATUSES in body else read_plain
    return by_shape(body) or walked(body)


def walked(body: bytes) -> Parsed:
    """The same by looking for each part, whatever its shape is.

    Raises:
        UnreadableWebhookError: see `parse`.
    """
    entries = items(document(body).get("entry"))
    if not entries:
        raise UnreadableWebhookError("It has no entry.")
    walk = _Walk()
    for at, entry in enumerate(entries):
        walk.entry(f"entry[{at}]", entry)
    return Parsed(
        messages=tuple(walk.messages),
        statuses=tuple(walk.statuses),
        renames=tuple(walk.renames),
        templates=tuple(walk.templates),
        unread=tuple(walk.unread),
    )


class _Walk:
    """Gathers, in the webhook's own order."""

    __slots__ = ("messages", "renames", "statuses", "templates", "unread")

    def __init__(self) -> None:
        self.messages: list[InboundMessage] = []
        self.statuses: list[DeliveryStatus] = []
        self.renames: list[Renamed] = []
        self.templates: list[TemplateTold] = []
        self.unread: list[Unread] = []

    def miss(self, place: str, reason: str) -> None:
        """Report a part that was not read; the reason may quote the provider, so it is bounded."""
        quoted = reason.replace("\0", "\\0").encode("ascii", "backslashreplace").decode()
        self.unread.append(Unread(place=place, reason=quoted[:_REASON_CHARS_MAX]))

    def entry(self, place: str, raw: Any) -> None:
        """One account's changes."""
        changes = items(record(raw).get("changes"))
        if not changes:
            self.miss(place, "no changes")
        for at, change in enumerate(changes):
            self.change(f"{place}.changes[{at}]", change, raw)

    def change(self, place: str, raw: Any, entry: Any) -> None:
        """One change; its field says whether it is about messages. No field at all: we look."""
        field = words(record(raw).get("field"))
        value = record(raw).get("value")
        if field in FIELDS:
            self.template(place, field, record(value), entry)
        elif field not in _READ_BY_FIELD:
            self.miss(place, f"field:{field}")
        elif not isinstance(value, dict):
            self.miss(place, "no value")
        else:
            self.value(f"{place}.value", value, _READ_BY_FIELD[field])

    def template(self, place: str, field: str, value: dict[str, Any], entry: Any) -> None:
        """What became of one template of the account."""
        scope, at = words(entry.get("id")), stamp(entry.get("time"))
        read = read_template(field, value, scope=scope, at=at)
        if isinstance(read, str):
            self.miss(f"{place}.value", read)
        else:
            self.templates.append(read)

    def value(self, place: str, value: dict[str, Any], reads: frozenset[str]) -> None:
        """One value: each of its lists by its own reader, and a word about every other key."""
        frame = frame_of(value)
        if value.keys() <= _FRAME_KEYS:
            self.miss(place, "empty")
        for key, part in value.items():
            if key in reads:
                self.part(f"{place}.{key}", key, part, frame)
            elif key not in _FRAME_KEYS:
                self.miss(place, f"key:{key}")

    def part(self, place: str, key: str, part: Any, frame: Frame) -> None:
        """One list of a value."""
        if not isinstance(part, list):
            self.miss(place, "not a list")
            return
        read = _READERS[key]
        for at, raw in enumerate(part):
            read(self, f"{place}[{at}]", raw, frame)

    def message(self, place: str, raw: Any, frame: Frame) -> None:
        """One message from a contact."""
        self.keep(place, read_message(raw, frame))
        self.renames += of_system(raw, frame)

    def echo(self, place: str, raw: Any, frame: Frame) -> None:
        """One message that the owner wrote on the phone beside us."""
        self.keep(place, read_message(raw, frame, origin="echo", outward=True))

    def status(self, place: str, raw: Any, frame: Frame) -> None:
        """One status of one message that we sent."""
        self.keep(place, read_status(raw, frame))

    def user_id(self, place: str, raw: Any, frame: Frame) -> None:
        """One person whose user id changed."""
        read = of_update(raw, frame)
        if isinstance(read, str):
            self.miss(place, read)
        else:
            self.renames += read

    def error(self, place: str, raw: Any, _frame: Frame) -> None:
        """One error of Meta about the value as a whole."""
        self.miss(place, f"error:{words(record(raw).get('code'))}")

    def history(self, place: str, raw: Any, frame: Frame) -> None:
        """One chunk of what was said before the number was connected (coexistence)."""
        chunk = record(raw)
        for at, error in enumerate(items(chunk.get("errors"))):
            self.error(f"{place}.errors[{at}]", error, frame)
        for at, thread in enumerate(items(chunk.get("threads"))):
            self.thread(f"{place}.threads[{at}]", record(thread), frame)
        if not (items(chunk.get("errors")) or items(chunk.get("threads"))):
            self.miss(place, "no threads")

    def thread(self, place: str, thread: dict[str, Any], frame: Frame) -> None:
        """One contact's thread of the history; its id is the contact, whoever wrote."""
        messages = items(thread.get("messages"))
        if not messages:
            self.miss(place, "no messages")
        for at, raw in enumerate(messages):
            outward = frame.is_ours(record(raw).get("from"))
            with_contact = (
                {**raw, ("to" if outward else "from"): thread.get("id")}
                if isinstance(raw, dict)
                else raw
            )
            self.keep(
                f"{place}.messages[{at}]",
                read_message(with_contact, frame, origin="history", outward=outward),
            )

    def keep(self, place: str, read: InboundMessage | DeliveryStatus | str) -> None:
        """Keep what was read; a str is the reason why it could not be."""
        if isinstance(read, InboundMessage):
            self.messages.append(read)
        elif isinstance(read, DeliveryStatus):
            self.statuses.append(read)
        else:
            self.miss(place, read)


_READERS = {
    "messages": _Walk.message,
    "message_echoes": _Walk.echo,
    "statuses": _Walk.status,
    "history": _Walk.history,
    "errors": _Walk.error,
    "user_id_update": _Walk.user_id,
}
_MESSAGES = frozenset({"messages", "statuses", "errors"})
_READ_BY_FIELD = {
    "messages": _MESSAGES,
    "": _MESSAGES | {"message_echoes", "history"},
    "smb_message_echoes": frozenset({"message_echoes", "errors"}),
    "history": frozenset({"history", "errors"}),
    "user_id_update": frozenset({"user_id_update", "errors"}),
}
