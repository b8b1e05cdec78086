"""Whether an answer is written so that people read it and checks do not; pure.

Nobody who means well mixes alphabets inside of a word or spells a word out letter by letter; what
reads so is not decoded and judged, it does not leave.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hudhud.core.answering.checking.finding import Finding
from hudhud.core.answering.checking.grounds import Grounds
from hudhud.core.answering.checking.reading import Plain, plain

# Cyrillic and Greek letters that look like Latin ones (Unicode TR 39, the common ones).
_TWINS = "асеорхуіјѕһԁԛԝгпкмнтьАВЕКМНОРСТУХІЈЅοανικρτυχεΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
_TWIN, _LATIN = re.compile(f"[{_TWINS}]"), re.compile("[A-Za-z]")
# Sizes and vitamins stand beside each other, four of them at most.
_SPELT = re.compile(r"(?<!\w)(?:[^\W\d_](?:[^\w\n,،]|_){1,3}){4,}[^\W\d_](?!\w)")


def disguised(read: Plain, grounds: Grounds) -> Iterator[Finding]:
    """Words of two alphabets, and words spelt out, that stand in no text of the merchant."""
    odd = [found[0] for found in _SPELT.finditer(read.text)]
    if _TWIN.search(read.text):
        odd += (word for word in read.text.split() if _TWIN.search(word) and _LATIN.search(word))
    if not odd:
        return
    known = plain("\n".join((*grounds.texts, grounds.own))).text
    for word in odd:
        if word not in known:
            yield Finding(what="disguised_text", found=word)
