"""A contact's telephone number out of what they say, as it is kept (S5).

As E.164 where the plan of its country knows it. One that is a number somewhere in the region, but
not in the merchant's country, is kept as it was said, and its country is asked for; one that can be
none is asked for again – once: who says it again knows it better than any plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from hudhud.model import Field, Said, Turn, TurnInbox
from hudhud.responders.lexicon import correcting
from hudhud.responders.telephones.dictated import dictated
from hudhud.text import latin_digits, typed_phone
from hudhud.text.phones import DIGITS, WRITTEN, Number, dialled_of, written

_ANNOUNCED = (
    r"(?:(?:(?<!\w)و?(?:ال)?(?:رقم(?:\s+(?!ال?طلب|ال?شارع|ال?حساب)\w+|[يى])?|هاتف\w*|جوال\w*|موبايل\w*|ت[يى]?ل[يى]?فون\w*|محمول\w*|فون|نمر[ةه]|نمرتي|ن[وي]?مرو|ت)"
    r"(?:\s+هو)?|\b(?:and\s+)?(?:my\s+)?(?:phone|number|mobile|mob|cell|telephone|tel|ph|contact|whatsapp)"
    r"(?:\s+(?:number|num|no))?\.?(?:\s+is)?))"
    r"\s*[:=]?\s*"
)
# A number beside other words, with what announces it.
TELEPHONE = re.compile(rf"(?:{_ANNOUNCED})?{WRITTEN}", re.IGNORECASE)
_BEFORE = re.compile(rf"{_ANNOUNCED}$", re.IGNORECASE)
_NUMBER = r"(?:ال)?(?:رقم(?:ي)?|نمر[ةه]|نمرتي|جوال(?:ي)?|موبايل(?:ي)?|تلفون(?:ي)?|هاتف(?:ي)?)"
_WHATSAPP = r"(?:\s*(?:ال)?وات\w*)?"
_THIS = r"(?:هذا|هاذا|هاد|هادا|هذه|هاي|ده|دا|نفسه|ذاته|نفسو)"
_WRITES = r"(?:[اأ]?(?:كلم|كتب|راسل|حاكي|حكي|تكلم|تواصل)\w*|ع?م?\s?[بت]?احكي\w*)"
# «نفس الرقم هذا», «رقمي هذا», "the number I am writing from"
_SAME = re.compile(
    rf"(?<!\w)(?:على\s+|ع\s*|و)?(?:"
    rf"نفس\s+(?:هذا\s+|ها)?{_NUMBER}{_WHATSAPP}(?:\s+{_THIS})?"
    rf"|(?:هذا|هاذا|هاد|هادا|ده|دا)\s*(?:هو\s+)?{_NUMBER}{_WHATSAPP}(?:\s+{_THIS})?"
    r"|هال(?:رقم|نمر[ةه]|جوال|تلفون)|(?:هذا|نفس)\s+(?:ال)?وات\w*"
    rf"|{_NUMBER}{_WHATSAPP}\s+{_THIS}"
    rf"|{_NUMBER}\s+(?:ال[يل]ي?|اللي|الذي)\s+{_WRITES}(?:\s+(?:منه|منو|فيه|عليه|به))?"
    rf"|رقم(?:ي)?\s+(?:ال)?وات\w*"
    rf")(?!\w)"
    r"|\b(?:the\s+|on\s+|use\s+|my\s+|is\s+)*(?:same\s+(?:phone\s+|whatsapp\s+)?number|this\s+(?:is\s+my\s+|phone\s+|"
    r"whatsapp\s+)?number|this\s+one|whatsapp\s+number|"
    r"number\s+i(?:\s+a|')m\s+(?:writing|texting|messaging)\s+(?:you\s+)?(?:from|on|with))"
    r"(?:\s+(?:as\s+this|as\s+whatsapp|here))?\b"
    r"|\b(?:nafs|nafso)\s+(?:el\s*|al\s*|il\s*|l\s*)?(?:ra2m|ra8m|raqam|rakam|rqm|nemra|nimra)\w*",
    re.IGNORECASE,
)

_SHORT = re.compile(r"\W*0\d(?:[\s-]?\d){1,4}\W*")


class Dialling(msgspec.Struct, frozen=True, kw_only=True):
    """What a number is read by: the merchant's country, the contact's own, our last words."""

    country: str = ""
    writes_from: str = ""
    ours: str = ""


class Telephone(msgspec.Struct, frozen=True, kw_only=True):
    """A number in a text: as it was said, and the text without it, around the place where it was.

    `kept` is what is kept of it, empty when it can be none. `doubt` names the sentence in which we
    ask about it: `phone_unfit`, `phone_abroad`, `phone_unseen`; empty: nothing is to be asked.
    """

    said: str
    kept: str
    doubt: str = ""
    before: str = ""
    after: str = ""


def dialling(inbox: TurnInbox, history: Sequence[Said]) -> Dialling:
    """What a turn's numbers are read by."""
    ours = next((said.text for said in reversed(history) if said.author != "contact"), "")
    return Dialling(country=inbox.country, writes_from=inbox.writes_from, ours=ours)


def telephone(text: str, by: Dialling, *, wanted: bool) -> Telephone | None:
    """The number that a text holds: written, dictated, or «نفس الرقم هذا»; None: it holds none.

    Args:
        text: one message.
        by: see `Dialling`.
        wanted: whether a number was asked for; then digits that can be none were meant as one,
            and "this number" is the one that the contact writes from.
    """
    number = written(text, by.country, near=by.writes_from)
    if number is None or not number.e164:
        number = _dictated(text, by) or number
    if number is None:
        return (_same(text, by) or _short(text)) if wanted else None
    announced = _BEFORE.search(text[: number.start])
    before = text[: announced.start()] if announced else text[: number.start]
    if not (wanted or announced or number.dialled or _mobile(number.e164)):
        return None  # a price, a number of something else
    kept, doubt = (number.e164, "") if number.e164 else _doubted(number.said, by)
    # «خلوا الرقم …», "change my number to …"
    whole = correcting.before(text[: number.start], "phone")
    told = len(whole) < len(before) and correcting.corrects(before[len(whole) :])
    before = whole if told else correcting.before(before, "phone")
    after = correcting.behind(text[number.end :], "phone")
    return Telephone(said=number.said.strip(), kept=kept, doubt=doubt, before=before, after=after)


def shown(fields: Iterable[Field], values: Mapping[str, str], turn: Turn) -> dict[str, str]:
    """The values of fields as their contact is shown them: a number as they said it themselves.

    One that was said in no message at hand is shown as it is dialled in its own country.
    """
    phones = [field.name for field in fields if field.kind == "phone" and values.get(field.name)]
    return {**values, **{name: _as_said(values[name], turn) for name in phones}}


def _as_said(kept: str, turn: Turn) -> str:
    from hudhud.text.numbering import national  # noqa: PLC0415 - 20 ms, 3 MB

    by = dialling(turn.inbox, turn.history)
    for said in (*turn.messages[::-1], *turn.history[::-1]):
        found = telephone(said.text, by, wanted=True) if said.author == "contact" else None
        if found and found.kept == kept and (digits := typed_phone(found.said)):
            return digits
    return national(kept, turn.inbox.country) if turn.inbox.country else kept


def fitted(said: str, by: Dialling) -> str:
    """A number that was said as one, as it is kept; empty when it can be none."""
    found = telephone(said, by, wanted=True)
    return found.kept if found else ""


def _dictated(text: str, by: Dialling) -> Number | None:
    found = dictated(text)
    if found is None:
        return None
    e164 = dialled_of(found.digits, by.country, near=by.writes_from)
    return Number(found.start, found.end, found.digits, e164)


def _mobile(e164: str) -> bool:
    from hudhud.text.numbering import is_mobile  # noqa: PLC0415 - 20 ms, 3 MB

    return bool(e164) and is_mobile(e164)


def _doubted(said: str, by: Dialling) -> tuple[str, str]:
    from hudhud.text.numbering import from_elsewhere  # noqa: PLC0415 - 20 ms, 3 MB

    digits = typed_phone(said)
    again = digits.lstrip("+") in re.sub(r"\D", "", latin_digits(by.ours))
    if again and len(digits.lstrip("+")) in DIGITS:
        return digits, ""
    elsewhere = from_elsewhere(said, by.country)
    return (digits, "phone_abroad") if elsewhere else ("", "phone_unfit")


def _same(text: str, by: Dialling) -> Telephone | None:
    found = None if "?" in text or "؟" in text else _SAME.search(text)
    if found is None:
        return None
    return Telephone(
        said=found[0].strip(),
        kept=by.writes_from,
        doubt="" if by.writes_from else "phone_unseen",
        before=text[: found.start()],
        after=text[found.end() :],
    )


def _short(text: str) -> Telephone | None:
    """Nothing but the beginning of a number."""
    begun = _SHORT.fullmatch(latin_digits(text))
    return Telephone(said=text.strip(), kept="", doubt="phone_unfit") if begun else None
