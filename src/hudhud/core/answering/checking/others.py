"""Whether an answer holds what belongs to nobody here: another's number, address, order, a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from hudhud.core.answering.checking.finding import Finding
from hudhud.core.answering.checking.given_names import GIVEN_NAMES
from hudhud.core.answering.checking.grounds import Grounds
from hudhud.core.answering.checking.reading import Plain, plain
from hudhud.text import fold, without_article, words

PHONE_DIGITS_MIN = 7
PHONE_TAIL = 8  # with or without a country's code, the same telephone
_PHONE = re.compile(r"(?<![\w.,٬])[+＋]?\d(?:[ \-.()/]{0,2}\d){6,19}(?![\w٬]|,\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ORDER = re.compile(
    r"(?:رقم\s+(?:ال)?طلب\w*|طلب\w*\s+(?:ذو\s+)?(?:ال)?رقم|order(?:\s+(?:number|no\.?|id))?)\s*(?:هو|is|:)?\s*#?\s*(\d{1,12})(?![\d,٬.]*\s*(?:ألف|الف|د\.|دينار|IQD))"
    r"|(?<!\w)#(\d{1,12})(?!\w)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:h(?:tt|xx)ps?\s?:\s?//|www\.)[^\s<>\"«»]+"
    r"|(?<![\w@.-])(?:[a-z0-9](?:[\w-]*[a-z0-9])?\.)+(?:com|net|org|io|me|co|app|shop|store|link|info|biz|xyz|top|site"
    r"|online|ly|gl|gg|cc|tv|ai|dev|page|click|iq|sa|ae|eg|kw|jo|qa|om|bh|lb|ma|dz|tn|ps|ye|sd|sy|ru|cn|tk)(?:/[^\s<>\"«»]*)?(?![\w-])"
    r"|(?<![\w@.-])(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>\"«»]+",
    re.IGNORECASE,
)
_DEFANGED = re.compile(r"\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@.])@([A-Za-z_][\w.]{2,})")


def foreign(read: Plain, grounds: Grounds) -> Iterator[Finding]:
    """Numbers, addresses, orders and names that are neither this contact's nor the merchant's."""
    known = plain("\n".join((*grounds.texts, grounds.own))).text
    yield from _numbers(read, grounds, known)
    folded = fold(known)
    for mail in _MAIL.finditer(read.text):
        if mail[0].casefold() not in known.casefold():
            yield Finding(what="foreign_data", found=mail[0])
    for name in words(read.text):
        bare = name if name in GIVEN_NAMES else name.removeprefix("و")
        if bare in GIVEN_NAMES and bare not in _names_in(folded):
            yield Finding(what="foreign_data", found=bare)


def foreign_links(read: Plain, grounds: Grounds) -> Iterator[Finding]:
    """Links to hosts, and handles, that no text of the merchant holds."""
    told = _DEFANGED.sub(".", plain("\n".join(grounds.texts)).text)
    hosts = {_host(link[0]) for link in _LINK.finditer(told)}
    for link in _LINK.finditer(_DEFANGED.sub(".", read.text)):
        if _host(link[0]) not in hosts:
            yield Finding(what="foreign_link", found=link[0])
    handles = {handle[1].casefold().rstrip(".") for handle in _HANDLE.finditer(told)}
    for handle in _HANDLE.finditer(read.text):
        if handle[1].casefold().rstrip(".") not in handles:
            yield Finding(what="foreign_link", found=handle[0])


def _numbers(read: Plain, grounds: Grounds, known: str) -> Iterator[Finding]:
    there = re.sub(r"(?<=\d)[ \-.()/]{1,2}(?=\d)", "", known)
    for phone in _PHONE.finditer(read.text):
        figures = re.sub(r"\D", "", phone[0])
        if len(figures) >= PHONE_DIGITS_MIN and figures[-PHONE_TAIL:] not in there:
            yield Finding(what="foreign_data", found=phone[0])
    orders = {order.number for order in grounds.orders}
    own = {int(number) for number in re.findall(r"\d{1,12}", there)}
    for found in _ORDER.finditer(read.text):
        number = int(found[1] or found[2])
        if number not in orders and number not in own:
            yield Finding(what="foreign_data", found=found[0])


@lru_cache(maxsize=64)
def _names_in(folded: str) -> frozenset[str]:
    said = folded.split()
    return (
        frozenset(said)
        | {without_article(word) for word in said}
        | {w[1:] for w in said if w[:1] in "وي"}
    )


def _host(link: str) -> str:
    bare = re.sub(r"^h(?:tt|xx)ps?\s?:\s?//", "", link, flags=re.IGNORECASE)
    try:
        # What stands before an @ only looks like the host.
        host = urlsplit(f"//{bare}").hostname or bare
    except ValueError:
        host = bare
    return host.casefold().removeprefix("www.").rstrip(".")
