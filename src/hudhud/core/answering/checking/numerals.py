"""Numbers written in words, in their place: «ثمانية وعشرين ألف» is read like «28 ألف»."""

from __future__ import annotations

import re

from hudhud.text import fold

_ROWS = {
    1: "واحد واحده one", 2: "اثنان اثنين اتنين ثنين two", 3: "ثلاثه ثلاث تلاته تلات three",
    4: "اربعه اربع four", 5: "خمسه خمس five", 6: "سته ست six", 7: "سبعه سبع seven",
    8: "ثمانيه ثماني ثمان تمانيه تمن eight", 9: "تسعه تسع nine", 10: "عشره عشر ten",
    11: "احدعش حداشر احدعشر eleven", 12: "اثنعش اطنعش اثناعشر twelve", 13: "ثلطعش ثلاثطعش thirteen",
    14: "اربعطعش fourteen", 15: "خمسطعش خمستعش fifteen", 16: "سطعش ستطعش sixteen",
    17: "سبعطعش seventeen", 18: "ثمنطعش ثمانطعش eighteen", 19: "تسعطعش nineteen",
    20: "عشرين عشرون twenty", 30: "ثلاثين ثلاثون تلاتين thirty", 40: "اربعين اربعون forty",
    50: "خمسين خمسون fifty", 60: "ستين ستون sixty", 70: "سبعين سبعون seventy",
    80: "ثمانين ثمانون تمانين eighty", 90: "تسعين تسعون ninety", 100: "مئه ميه مائه hundred",
    200: "مئتين ميتين مائتين مئتان", 300: "ثلاثمئه ثلاثميه ثلثميه تلتميه", 400: "اربعمئه اربعميه",
    500: "خمسمئه خمسميه", 600: "ستمئه ستميه", 700: "سبعمئه سبعميه", 800: "ثمانمئه ثمانميه ثمنميه",
    900: "تسعمئه تسعميه",
}  # fmt: skip
_VALUES = {fold(word): value for value, row in _ROWS.items() for word in row.split()}
_HUNDRED = 100
_WORD = re.compile(r"[^\W\d_]+(?:-[a-z]+)?")
_TWO_THOUSAND = re.compile(r"(?<!\w)[أا]لف[يا]ن(?!\w)")  # as long as what it becomes
# Only before these is a number in words an amount; elsewhere it counts things.
_UNIT = re.compile(
    r"\s*(?:ألف|الف|آلاف|الاف|مليون|thousand|million|دينار|دنانير|ريال|درهم|دراهم|جنيه|ليرة|دولار"
    r"|dinar|riyal|dirham|pound|dollar|بالم[ئي][ةه]|في الم[ئي][ةه]|per ?cent)"
)
_ENDED = r"\s*(?:$|[.,،؛!؟?\n)]|فقط|بس(?!\w))"
# A thousand that no number stands before: «بألف», «ألف دينار», "a thousand dinars".
_ALONE = re.compile(
    r"(?<!\w)(?P<before>(?:سعر\w*|ثمن\w*|[يت]كلف\w*)\s+|و?ب)(?:[أا]لف)(?!\w)"
    rf"(?={_ENDED}|\s+(?:دينار|ريال|درهم|جنيه|ليرة))"
    r"|(?<!\w)(?:[أا]لف)(?=\s+(?:دينار|ريال|درهم|جنيه|ليرة))"
    r"|(?<!\w)an?(?=\s+(?:thousand|million)\s+(?:dinar|riyal|dirham|pound|dollar))",
    re.IGNORECASE,
)
_AFTER = re.compile(_ENDED)

_PRICED = re.compile(
    r"(?:(?:ال)?سعر\w*|ثمن\w*|[يت]كلف\w*|تكلفت\w*|costs?|price[sd]?)"
    r"(?:\s+(?:is|هو|at|now|الآن))?\s*[:=]?\s*$",
    re.IGNORECASE,
)


def numerals(text: str) -> str:
    """The text with each number in words that an amount begins with in digits; its length stays.

    Digits take fewer characters than words, so spaces fill the place up.
    """
    text = _TWO_THOUSAND.sub("2 ألف", text)
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        run, value = _run(text, words, at)
        if run:
            start, end = words[at].start(), words[at + run - 1].end()
            by = text[start] if text[start] == "ب" and _AFTER.match(text, end) else ""
            if by or _UNIT.match(text, end) or _PRICED.search(text, 0, start):
                text = text[:start] + f"{by}{value}".ljust(end - start) + text[end:]
        at += max(run, 1)
    return _ALONE.sub(_alone, text)


def _alone(found: re.Match[str]) -> str:
    if found.string[: found.start()].rstrip()[-1:].isdigit():
        return found[0]
    if found[0].isascii():
        return "1".ljust(len(found[0]))
    return f"{found['before'] or ''}1k "  # as long as the word


def _run(text: str, words: list[re.Match[str]], at: int) -> tuple[int, int]:
    """How many words from here are one number, and which."""
    total = count = 0
    for place in range(at, len(words)):
        if place > at and text[words[place - 1].end() : words[place].start()].strip(" -"):
            break
        values = [_value(part) for part in words[place][0].split("-")]
        if None in values:
            if words[place][0].lower() == "and" and count:
                continue
            break
        for value in values:
            total = total * value if value == _HUNDRED and 0 < total < 10 else total + (value or 0)  # noqa: PLR2004 - three hundred
        count = place - at + 1
    return count, total


def _value(word: str) -> int | None:
    folded = fold(word)
    for bare in (folded, folded[1:] if folded[:1] in "وب" else ""):
        if bare in _VALUES:
            return _VALUES[bare]
    return None
