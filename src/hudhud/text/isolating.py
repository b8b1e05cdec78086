"""Unicode isolates for plain text that leaves: what would be turned around in it stays in order.

Only where nothing but characters can leave, and where they are shown well; a page has `<bdi>`.
"""

from __future__ import annotations

import re

from hudhud.text.reading import direction
from hudhud.text.spans import Span, spans

_OPENS = {"ltr": "\u2066", "rtl": "\u2067"}
_CLOSES = "\u2069"
# One run of digits, or one that begins with a Latin letter, keeps its order by itself.
_STABLE = re.compile(
    r"[0-9٠-٩۰-۹]+(?:[.,٫٬:/][0-9٠-٩۰-۹]+)*|[A-Za-z][A-Za-z0-9]*(?:[-_./:, ][A-Za-z0-9]+)*"
)


def isolated_text(text: str, *, chars_max: int) -> str:
    """The text with isolates around the phones, codes and prices that would be turned around in it.

    Links stay bare: with an invisible character at their end they would lead elsewhere.

    Args:
        text: a message as people wrote it; what is isolated already is left alone.
        chars_max: most characters of the result; a text that would grow beyond stays as it is.
    """
    if any(mark in text for mark in (*_OPENS.values(), "\u2068", _CLOSES)):
        return text
    runs, parts, end = direction(text), [], 0
    for span in spans(text):
        said = text[span.start : span.end]
        if _turns(span, said, runs):
            parts += [text[end : span.start], _OPENS[span.runs], said, _CLOSES]
            end = span.end
    made = "".join([*parts, text[end:]])
    return made if len(made) <= chars_max else text


def _turns(span: Span, said: str, runs: str) -> bool:
    if span.kind == "link" or span.runs == runs:
        return False
    return span.kind == "price" if span.runs == "rtl" else not _STABLE.fullmatch(said)
