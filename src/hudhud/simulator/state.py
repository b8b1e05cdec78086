"""The simulated world: phones, what was said, what was called. In memory, all of it bounded."""

from __future__ import annotations

import itertools
from collections import OrderedDict, deque
from typing import Any, Literal

import msgspec

from hudhud.errors import BadInputError, NotFoundError
from hudhud.simulator.faults import Call, Fault, decide
from hudhud.simulator.files import File
from hudhud.simulator.live import Listeners
from hudhud.simulator.numbers import Number
from hudhud.simulator.providers.face import Part
from hudhud.simulator.recorder import Recorder
from hudhud.simulator.records import Called, Delivery, Inbound
from hudhud.simulator.statuses import SCRIPTS, Script

PHONES_MAX = 2_000
MESSAGES_PER_PHONE_MAX = 500
CALLS_MAX = 20_000
INBOUND_MAX = 20_000
UPLOADS_MAX = 100
DELIVERIES_MAX = 20_000
WINDOW_MS = 24 * 3600 * 1000

Tick = Literal["waiting", "accepted", "sent", "delivered", "read", "failed"]


class Message(msgspec.Struct, kw_only=True):
    """One bubble on a phone. `mine`: its owner said it. `at_ms` never runs backwards in a phone.

    `tick` is what the sender knows: of the owner's message waiting, sent, delivered (the webhook
    got its 200) or read; of the product's message the last status that was told. `content` is the
    provider's shape, `more` what was said besides, `extra` what its webhook lays over that shape,
    `face` how it looks; `noted` is no bubble but a line between them.
    """

    seq: int
    wamid: str
    wa_id: str
    phone_number_id: str
    mine: bool
    kind: str
    text: str
    at_ms: int
    stamp_s: int
    tick: Tick = "waiting"
    content: dict[str, Any] = {}
    more: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    face: tuple[Part, ...] = ()
    noted: bool = False
    reply_to: str | None = None
    tag: str | None = None
    reaction: str = ""
    edited: bool = False
    revoked: bool = False


class Phone(msgspec.Struct, kw_only=True):
    """One customer's phone. `typing` holds until when (unix ms) each number is seen typing."""

    wa_id: str
    name: str
    user_id: str
    hides_phone: bool = False
    messages: deque[Message] = msgspec.field(
        default_factory=lambda: deque(maxlen=MESSAGES_PER_PHONE_MAX)
    )
    wrote_ms: dict[str, int] = {}
    typing: dict[str, int] = {}


class Behaviour(msgspec.Struct, frozen=True, kw_only=True):
    """How Meta behaves towards one number. Times in milliseconds.

    `window`: what a free text to a phone silent for 24 h meets: "status" (accepted, then a failed
    status, as Meta mostly does), "answer" (refused at once) or "off". `mix` names scripts, one of
    which is drawn for each send in place of `statuses`. `again_share` of the webhooks that were
    answered 200 come once more; those that go side by side leave within `shuffle_ms`, each at its
    own moment, so that they overtake one another. `subscribed`, `name_status`, `quality` and
    `can_send` are what a look at the number tells of it (`graph/standing.py`).
    """

    statuses: Script = SCRIPTS["normal"]
    mix: tuple[str, ...] = ()
    window: Literal["status", "answer", "off"] = "status"
    answer_delay_ms: int = 0
    retry_first_ms: int = 250
    retry_most_ms: int = 15_000
    attempts_max: int = 20
    again_share: float = 0.0
    shuffle_ms: int = 0
    subscribed: bool = True
    name_status: str = "APPROVED"
    quality: str = "GREEN"
    can_send: str = "AVAILABLE"

    def script(self, chance: float) -> Script:
        """The statuses of one send; `chance` is a random number from 0 up to 1."""
        return SCRIPTS[self.mix[int(chance * len(self.mix))]] if self.mix else self.statuses


class World:
    """Everything that the simulator knows but the numbers' file. One event loop touches it."""

    def __init__(self, numbers: dict[str, Number], recorder: Recorder | None = None) -> None:
        """Begin with the registered numbers and nothing said; without a recorder keep no file."""
        self.numbers = numbers
        self.recorder = recorder or Recorder()
        self.listeners = Listeners()
        self.behaviour = Behaviour()
        self.behaviours: dict[str, Behaviour] = {}
        self._seq = itertools.count(1)
        self.last_seq = 0
        self.forget()

    def forget(self) -> None:
        """Drop everything but numbers and behaviour."""
        self.phones: OrderedDict[str, Phone] = OrderedDict()
        self.calls: deque[Called] = deque(maxlen=CALLS_MAX)
        self.inbound: OrderedDict[str, Inbound] = OrderedDict()
        self.deliveries: deque[Delivery] = deque(maxlen=DELIVERIES_MAX)
        self.faults: list[Fault] = []
        # Message templates by account (`simulator.approved`).
        self.approved: dict[str, list[Any]] = {}
        # What the product uploaded, by id (`simulator.graph.uploads`).
        self.uploads: OrderedDict[str, File] = OrderedDict()
        self._by_wamid: dict[str, Message] = {}

    def next_seq(self) -> int:
        """One more than every number given before: the order of all that happens here."""
        self.last_seq = next(self._seq)
        return self.last_seq

    def number(self, phone_number_id: str) -> Number:
        """The registered number. Raises NotFoundError when there is none."""
        try:
            return self.numbers[phone_number_id]
        except KeyError:
            raise NotFoundError(f"No number {phone_number_id!r} is registered.") from None

    def behaves(self, phone_number_id: str) -> Behaviour:
        """How Meta behaves towards this number."""
        return self.behaviours.get(phone_number_id, self.behaviour)

    def phone(self, wa_id: str, *, name: str = "", hides_phone: bool | None = None) -> Phone:
        """The phone, made when new; the one that was silent longest makes room for it."""
        if not wa_id.isascii() or not wa_id.isdecimal() or len(wa_id) > 20:  # noqa: PLR2004 - E.164 is 15; room for tests
            raise BadInputError("A wa_id is digits alone, with the country code.")
        phone = self.phones.get(wa_id)
        if phone is None:
            phone = Phone(wa_id=wa_id, name=name or f"+{wa_id}", user_id=f"SA.{wa_id[::-1]}")
            if len(self.phones) >= PHONES_MAX:
                self.remove(next(iter(self.phones)))
            self.phones[wa_id] = phone
        if name:
            phone.name = name
        if hides_phone is not None:
            phone.hides_phone = hides_phone
        self.phones.move_to_end(wa_id)
        return phone

    def remove(self, wa_id: str) -> None:
        """Throw a phone away, with what it said."""
        phone = self.phones.pop(wa_id, None)
        for message in phone.messages if phone else ():
            self._by_wamid.pop(message.wamid, None)

    def by_user_id(self, user_id: str) -> Phone | None:
        """The phone with that business-scoped user id."""
        phone = self.phones.get(user_id.partition(".")[2][::-1])
        return phone if phone and phone.user_id == user_id else None

    def message(self, wamid: str) -> Message | None:
        """The message with that id, while some phone still shows it."""
        return self._by_wamid.get(wamid)

    def show(self, phone: Phone, message: Message) -> None:
        """Put a bubble on the phone, in order; the oldest one leaves a full phone."""
        if phone.messages:
            message.at_ms = max(message.at_ms, phone.messages[-1].at_ms)
        if len(phone.messages) == MESSAGES_PER_PHONE_MAX:
            self._by_wamid.pop(phone.messages[0].wamid, None)
        phone.messages.append(message)
        self._by_wamid[message.wamid] = message
        if message.mine:
            last = phone.wrote_ms.get(message.phone_number_id, 0)
            phone.wrote_ms[message.phone_number_id] = max(last, message.stamp_s * 1000)
        self.changed(message)

    def changed(self, message: Message) -> None:
        """Tell the pages that a bubble is new or looks different now."""
        self.listeners.tell("message", message)

    def window_open(self, phone: Phone, phone_number_id: str, now_ms: int) -> bool:
        """Whether the customer wrote to this number within 24 h, by Meta's own stamps."""
        return now_ms - phone.wrote_ms.get(phone_number_id, -WINDOW_MS) < WINDOW_MS

    def strike(self, call: Call, chance: float) -> Fault | None:
        """The fault that strikes this call, counted down."""
        fault = decide(self.faults, call, chance)
        if fault is None:
            return None
        fault.struck += 1
        if fault.calls_left is not None:
            fault.calls_left -= 1
        self.faults = [f for f in self.faults if f.calls_left != 0]
        self.listeners.tell("faults", self.faults)
        return fault

    def record_call(self, called: Called) -> None:
        """Keep what the product asked and what it was told."""
        self.calls.append(called)
        self.listeners.tell("call", called)

    def record_inbound(self, inbound: Inbound) -> None:
        """Keep what a customer said; the same id said again is the same message."""
        if inbound.wamid not in self.inbound:
            self.recorder.said(inbound)
        self.inbound.setdefault(inbound.wamid, inbound)
        if len(self.inbound) > INBOUND_MAX:
            self.inbound.popitem(last=False)
