"""The templates of one WhatsApp account: a few of our own to begin with, in Arabic and English."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any, Literal

import msgspec

from hudhud.errors import BadInputError, NotFoundError
from hudhud.simulator.state import World

TEXTS_MAX = 500
Status = Literal["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED", "FLAGGED", "IN_APPEAL"]
Quality = Literal["GREEN", "YELLOW", "RED", "UNKNOWN"]
Category = Literal["UTILITY", "MARKETING", "AUTHENTICATION"]


class Approved(msgspec.Struct, kw_only=True):
    """One template, as Meta's list names it."""

    id: str
    name: str
    language: str
    category: Category = "UTILITY"
    status: Status = "APPROVED"
    quality: Quality = "UNKNOWN"
    reason: str = "NONE"
    parameter_format: Literal["POSITIONAL", "NAMED"] = "POSITIONAL"
    components: list[dict[str, Any]] = []

    def listed(self) -> dict[str, Any]:
        """The entry of the list."""
        shown = {"id", "name", "language", "category", "status", "parameter_format", "components"}
        found: dict[str, Any] = msgspec.to_builtins(self)
        return {name: value for name, value in found.items() if name in shown} | {
            "quality_score": {"score": self.quality},
            "rejected_reason": self.reason,
        }


def texts_of(world: World, waba_id: str) -> list[Approved]:
    """The templates of an account; one that is asked for the first time has ours."""
    if waba_id not in world.approved:
        world.approved[waba_id] = [
            Approved(id=f"{7_000 + place}", **deepcopy(given))
            for place, given in enumerate(_sample(), 1)
        ]
    found: list[Approved] = world.approved[waba_id]
    return found


def find(world: World, waba_id: str, name: str, language: str) -> Approved | None:
    """The template of that name in that language; None when there is none."""
    both = (name, language)
    return next((t for t in texts_of(world, waba_id) if (t.name, t.language) == both), None)


def put(world: World, waba_id: str, name: str, language: str) -> Approved:
    """The same, made when it is new.

    Raises:
        BadInputError: there are TEXTS_MAX already.
    """
    found = find(world, waba_id, name, language)
    if found is None:
        known = texts_of(world, waba_id)
        if len(known) >= TEXTS_MAX:
            raise BadInputError(f"There are {TEXTS_MAX} templates already.")
        found = Approved(id=f"{9_000_000 + world.next_seq()}", name=name, language=language)
        known.append(found)
    return found


def drop(world: World, waba_id: str, name: str, language: str) -> None:
    """Delete one: the list has it no more.

    Raises:
        NotFoundError: there is none.
    """
    found = find(world, waba_id, name, language)
    if found is None:
        raise NotFoundError(f"No template {name!r} in {language!r}.")
    texts_of(world, waba_id).remove(found)


def _sample() -> Iterable[dict[str, Any]]:
    yield {
        "name": "back_to_you",
        "language": "ar",
        "quality": "GREEN",
        "components": [
            _body("عدنا إليك بشأن سؤالك، ولدينا الجواب. اكتب لنا هنا متى شئت لنكمل."),
            _buttons(_reply("أنا هنا")),
        ],
    }
    yield {
        "name": "back_to_you",
        "language": "en_US",
        "quality": "GREEN",
        "components": [
            _body("We are back with the answer to your question. Write here to go on."),
            _buttons(_reply("I am here")),
        ],
    }
    yield {
        "name": "order_ready",
        "language": "ar",
        "quality": "GREEN",
        "components": [
            {"type": "HEADER", "format": "TEXT", "text": "طلبك جاهز"},
            _body(
                "أهلاً {{1}}، طلبك رقم {{2}} ينتظرك في المتجر حتى الساعة {{3}}.", "سعاد", "1043", "9"
            ),
            {"type": "FOOTER", "text": "متجر الأناقة"},
            _buttons(
                _reply("سأمرّ اليوم"), _link("تفاصيل الطلب", "https://shop.example/orders/{{1}}")
            ),
        ],
    }
    yield {
        "name": "order_ready",
        "language": "en_US",
        "quality": "YELLOW",
        "components": [
            {"type": "HEADER", "format": "TEXT", "text": "Your order is ready"},
            _body(
                "Hello {{1}}, order {{2}} waits for you at the shop until {{3}}.",
                "Suad",
                "1043",
                "9",
            ),
            {"type": "FOOTER", "text": "Elegance shop"},
            _buttons(
                _reply("I come today"), _link("See the order", "https://shop.example/orders/{{1}}")
            ),
        ],
    }
    yield {
        "name": "new_collection",
        "language": "ar",
        "category": "MARKETING",
        "quality": "UNKNOWN",
        "components": [
            {"type": "HEADER", "format": "IMAGE"},
            _body("وصلت تشكيلة {{1}}، ولك منها خصم {{2}} حتى آخر الأسبوع.", "الكتان", "10%"),
            _buttons(_reply("أرني"), _reply("لا، شكراً")),
        ],
    }
    yield {
        "name": "delivery_today",
        "language": "en_US",
        "quality": "GREEN",
        "parameter_format": "NAMED",
        "components": [
            {"type": "HEADER", "format": "TEXT", "text": "Order {{order}}"},
            _body("{{first_name}}, the driver comes between {{from_hour}} and {{to_hour}}. Fine?"),
            _buttons(_reply("Yes"), _reply("Another day")),
        ],
    }
    yield {
        "name": "winter_sale",
        "language": "ar",
        "category": "MARKETING",
        "status": "PAUSED",
        "quality": "RED",
        "components": [_body("تنزيلات الشتاء بدأت: كل المعاطف بنصف ثمنها.")],
    }
    yield {
        "name": "prize_for_you",
        "language": "ar",
        "category": "MARKETING",
        "status": "REJECTED",
        "reason": "PROMOTIONAL",
        "components": [_body("ربحت معنا! اكتب اسمك لتستلم جائزتك.")],
    }
    yield {
        "name": "visit_reminder",
        "language": "ar",
        "status": "PENDING",
        "components": [_body("نذكّرك بموعدك يوم {{1}} الساعة {{2}}.", "الأحد", "5")],
    }


def _body(text: str, *examples: str) -> dict[str, Any]:
    example = {"example": {"body_text": [list(examples)]}} if examples else {}
    return {"type": "BODY", "text": text} | example


def _buttons(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"type": "BUTTONS", "buttons": list(buttons)}


def _reply(text: str) -> dict[str, Any]:
    return {"type": "QUICK_REPLY", "text": text}


def _link(text: str, url: str) -> dict[str, Any]:
    return {"type": "URL", "text": text, "url": url, "example": [url.replace("{{1}}", "1043")]}
