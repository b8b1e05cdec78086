"""Whether a link or a handle of an answer is the merchant's: stands in a text of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from hudhud.core.answering.checking.finding import Finding
from hudhud.core.answering.checking.grounds import Grounds
from hudhud.core.answering.checking.reading import TEXTS_KEPT_MAX, Plain, plain

# The ends of names by which people are caught; with a path behind it, any end is one.
_ENDS = (
    "com|net|org|io|me|co|app|shop|store|link|info|biz|xyz|top|site|online|ly|gl|gg|cc|tv|ai|dev|page"
    "|click|iq|sa|ae|eg|kw|jo|qa|om|bh|lb|ma|dz|tn|ps|ye|sd|sy|ru|cn|tk|ml|ga|cf|gq|pw|ws|su|to|eu|us"
    "|uk|de|fr|tr|ir|zip|mov|vip|live|world|pro|mobi|name|icu|fun|space|website|tech|cloud|market|sale"
    "|deals|pay|cash|money|finance|bank|support|help|center|chat|win|bid|loan|work|today|life|museum"
    "|شبكة|موقع|بازار|كوم|نت"
)
_LINK = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}\s?:\s?(?://|\\\\)|www\.|(?<![\w:.])//)[^\s<>\"«»]+"
    r"|(?<!\w)(?:javascript|data|intent|file):[^\s<>\"«»]+"
    rf"|(?<![\w@.-])(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:{_ENDS})(?:[/:?][^\s<>\"«»]*)?(?![\w-])"
    r"|(?<![\w@.-])(?:[^\W_][\w-]*\.)+[a-z]{2,}/[^\s<>\"«»]+"
    r"|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?:[:/][^\s<>\"«»]*)?(?![\d.])",
    re.IGNORECASE,
)
_DOT = re.compile(
    r"\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?"
    r"|\s+(?:dot|نقطة|نقطه|دوت)\s+(?=(?:com|net|org|io|me|shop|store|كوم|نت)(?!\w))"
    r"|\s\.\s?(?=(?:com|net|org|io|me|shop|store)(?!\w))",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![\w@.])@([A-Za-z_][\w.]{2,})"
    r"|(?:انست\w*|تيلي?[غجك]رام|تلي?[غجك]رام|سناب\w*|تيك توك|فيسبوك|instagram|telegram"
    r"|snapchat|tiktok|facebook|messenger)\s*[:：-]?\s*((?=[a-z0-9.]*_|[a-z_.]*\d|[a-z0-9_]+\.)[a-z][a-z0-9_.]{3,})",
    re.IGNORECASE,
)


def foreign_links(read: Plain, grounds: Grounds) -> Iterator[Finding]:
    """Links to hosts, and handles, that no text of the merchant holds."""
    text = _DOT.sub(".", read.text)
    links, handles = [*_LINK.finditer(text)], [*_HANDLE.finditer(read.text)]
    hosts = frozenset().union(*map(_hosts, grounds.texts)) if links else frozenset()
    for link in links:
        if _host(link[0]) not in hosts:
            yield Finding(what="foreign_link", found=link[0])
    known = frozenset().union(*map(_handles, grounds.texts)) if handles else frozenset()
    for handle in handles:
        if _bare(handle) not in known:
            yield Finding(what="foreign_link", found=handle[0])


@lru_cache(maxsize=TEXTS_KEPT_MAX)
def _hosts(text: str) -> frozenset[str]:
    return frozenset(_host(link[0]) for link in _LINK.finditer(_DOT.sub(".", plain(text).text)))


@lru_cache(maxsize=TEXTS_KEPT_MAX)
def _handles(text: str) -> frozenset[str]:
    return frozenset(map(_bare, _HANDLE.finditer(plain(text).text)))


def _bare(handle: re.Match[str]) -> str:
    return (handle[1] or handle[2]).casefold().rstrip(".")


def _host(link: str) -> str:
    bare = re.sub(r"^[a-z][a-z0-9+.-]{1,20}\s?:\s?(?://|\\\\)|^//", "", link, flags=re.IGNORECASE)
    try:
        # What stands before an @ only looks like the host.
        host = urlsplit(f"//{bare}").hostname or bare
    except ValueError:
        host = bare
    return host.casefold().removeprefix("www.").rstrip(".")
