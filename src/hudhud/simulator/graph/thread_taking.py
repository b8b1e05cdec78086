"""Instagram's and Messenger's side of a send: whom it is for, whether it may go, what Meta says."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response

from hudhud.simulator.customers.receiving import react, read_up_to, receive, show_typing
from hudhud.simulator.graph.answers import refused
from hudhud.simulator.graph.meta import Refusal
from hudhud.simulator.graph.thread_checks import check_call
from hudhud.simulator.numbers import Number
from hudhud.simulator.postman import Postman
from hudhud.simulator.providers.threads import wire
from hudhud.simulator.providers.threads.faces import face
from hudhud.simulator.providers.threads.platform import INSTAGRAM, MESSENGER, Platform
from hudhud.simulator.records import Called
from hudhud.simulator.state import Message, Phone, World

PERSON_WINDOW_MS = 7 * 24 * 3600 * 1000
NOBODY = Refusal(code=100, subcode=2018001, details="No matching user found.")
CLOSED_SUBCODE = {"instagram": 2534022, "page": 2018278}
HEART = "❤️"


@dataclass(frozen=True)
class ThreadTaker:
    """What one of the two does with a call to `/me/messages`."""

    platform: Platform

    def describe(self, asked: dict[str, Any], called: Called) -> None:
        """Write into the record what this call asks."""
        message, recipient = asked.get("message"), asked.get("recipient")
        action = str(asked.get("sender_action") or "")
        message = message if isinstance(message, dict) else {}
        file = message.get("attachment")
        called.operation = "read" if action in ("mark_seen", "typing_on", "typing_off") else "send"
        called.to = str(recipient.get("id")) if isinstance(recipient, dict) else ""
        called.kind = action or (str(file.get("type")) if isinstance(file, dict) else "text")
        called.text = str(message.get("text") or "")
        called.tag = _tag(message)

    def check_send(self, body: Any) -> Refusal | None:
        """The first thing that Meta would refuse in a call."""
        return check_call(self.platform, body)

    def concerned(self, world: World, called: Called) -> str | None:
        """The phone that a call is about; None when it is nobody's."""
        phone = wire.person(world, world.number(called.phone_number_id), called.to)
        return phone.wa_id if phone else None

    def take(
        self,
        world: World,
        postman: Postman,
        number: Number,
        body: dict[str, Any],
        called: Called,
    ) -> Response:
        """Do what a call that passed `check_send` asks, and say what Meta says."""
        phone = wire.person(world, number, called.to)
        if phone is None:
            return refused(called, NOBODY, number.provider)
        answer = {"recipient_id": called.to}
        called.to = phone.wa_id
        if called.operation == "read":
            _be_courteous(world, number, phone, called)
            called.outcome = "read"
            return JSONResponse(answer)
        if self._shut_out(world, number, phone, body, called.at_ms):
            subcode = CLOSED_SUBCODE[self.platform.object]
            details = "This message is sent outside of allowed window."
            refusal = Refusal(code=10, subcode=subcode, details=details)
            return refused(called, refusal, number.provider)
        called.outcome = "accepted"
        if "sender_action" in body:
            emoji = HEART if body["sender_action"] == "react" else ""
            react(world, body["payload"]["message_id"], emoji)
            return JSONResponse(answer)
        called.wamid = self._received(world, postman, number, phone, body, called)
        return JSONResponse({**answer, "message_id": called.wamid})

    def _shut_out(
        self, world: World, number: Number, phone: Phone, body: dict[str, Any], at_ms: int
    ) -> bool:
        if world.behaves(number.phone_number_id).window == "off":
            return False
        if body.get("tag") == "HUMAN_AGENT":
            wrote_ms = phone.wrote_ms.get(number.phone_number_id, 0)
            return at_ms - wrote_ms >= PERSON_WINDOW_MS
        return not world.window_open(phone, number.phone_number_id, at_ms)

    def _received(
        self,
        world: World,
        postman: Postman,
        number: Number,
        phone: Phone,
        body: dict[str, Any],
        called: Called,
    ) -> str:
        sent = body["message"]
        content = {"message": {name: part for name, part in sent.items() if name != "metadata"}}
        message = Message(
            seq=world.next_seq(),
            wamid=wire.new_mid(self.platform, phone.wa_id),
            wa_id=phone.wa_id,
            phone_number_id=number.phone_number_id,
            mine=False,
            kind=called.kind,
            text=called.text,
            at_ms=called.at_ms,
            stamp_s=called.at_ms // 1000,
            content=content,
            face=face(content),
            reply_to=(body.get("reply_to") or {}).get("mid"),
            tag=called.tag,
            tick="accepted",
        )
        steps = world.behaves(number.phone_number_id).script(random.random())  # noqa: S311 - a dice, no secret
        receive(world, postman, number, phone, message, steps)
        return message.wamid


def _be_courteous(world: World, number: Number, phone: Phone, called: Called) -> None:
    theirs = [m for m in phone.messages if m.mine and m.phone_number_id == number.phone_number_id]
    if called.kind == "mark_seen" and theirs:
        read_up_to(world, theirs[-1])
    elif called.kind == "typing_on":
        show_typing(world, phone, number, at_ms=called.at_ms)


def _tag(message: dict[str, Any]) -> str | None:
    tag = message.get("metadata")
    return tag if isinstance(tag, str) else None


OF_INSTAGRAM = ThreadTaker(INSTAGRAM)
OF_MESSENGER = ThreadTaker(MESSENGER)
