"""Finds the parts of a text that were meant to be JSON, and reads what can still be read.

Not a general repairer: those guess structure, and their work grows with the square of the text.
Here each character is looked at a fixed number of times.
"""

from __future__ import annotations

import json
import re
from typing import Any

_Q = "[\"'“”„‘’«»`]"
_OURS = r"(?:response|needs_?data_?collection|requested_?fields)"
_KEY = rf"\\{{0,8}}{_Q}\s{{0,8}}[^\"'“”‘’{{}}\n]{{0,64}}?\s{{0,8}}\\{{0,8}}{_Q}\s{{0,20}}:"
_CUT_KEY = rf"\\{{0,8}}{_Q}[\w ]{{0,64}}\\{{0,8}}{_Q}?\s{{0,20}}\Z"
# {"SALE20"} is a code that belongs to the sentence; {"a" 2} is not.
_NOT_CODE = r"\"(?![^\"{}\n]{0,200}\"\s{0,20}\})"
# What begins a JSON part: a brace with a quoted key, or one of our keys with or without quotes or
# brace. A brace before anything else belongs to the sentence.
_START = re.compile(
    rf"(?:\[\s{{0,20}})?\{{[\s{{,]{{0,20}}(?:{_KEY}|{_OURS}\s{{0,20}}[:=]|{_CUT_KEY}|{_NOT_CODE})"
    rf"|\\{{0,8}}{_Q}{_OURS}\\{{0,8}}{_Q}\s{{0,20}}[:=]",
    re.IGNORECASE,
)
_STRUCTURE = re.compile(r'\\.|["{}\[\]]|```', re.DOTALL)
_EMPTY = re.compile(r"\{\s{0,20}\}|\[\s{0,20}\]")
# A text that is nothing but data: brackets, a bare object or list, the tail of a broken object.
_DATA = re.compile(
    r"[\s\[\]{},:]*|\{\s*[A-Za-z0-9_]+\s*:.*|\[\s*(?:[\"'\[{]|\d+\s*(?:,|\Z)).*"
    r"|,?\s*\"[^\"\n]*\"\s*:.*",
    re.DOTALL,
)

_RESPONSE = re.compile(
    rf"(?:{_Q}|[{{,\s])response\\{{0,8}}{_Q}?\s{{0,20}}[:=]\s{{0,20}}", re.IGNORECASE
)
_NEEDS = re.compile(
    rf"needs_?data_?collection\\{{0,8}}{_Q}?\s{{0,20}}[:=]\s{{0,20}}\\{{0,8}}{_Q}?(true|yes|1\b)",
    re.IGNORECASE,
)
_FIELDS = re.compile(
    rf"requested_?fields\\{{0,8}}{_Q}?\s{{0,20}}[:=]\s{{0,20}}([^\]}}]{{0,2000}})", re.IGNORECASE
)
_FIELD_NAME = re.compile(r"[^\W\d][\w -]{0,63}")
_OPENING = re.compile(rf"(\\{{0,8}})({_Q})")
_CLOSERS = {"“": '”“"', "„": '”“"', "‘": "’‘'", "«": "»", "”": '”"', "’": "’'"}  # fmt: skip
# A quote ends a string only where JSON could go on after it; else it belongs to the sentence.
_AFTER = re.compile(
    rf"\s{{0,200}}(?:\Z|,\s{{0,200}}(?:\Z|[}}\]]|\\{{0,8}}{_Q}?\w{{0,64}}\\{{0,8}}{_Q}?\s{{0,20}}(?::|\Z))"
    rf"|\](?:\s|[,}}\]]|\Z)|\}}\s{{0,200}}(?:\Z|[,}}\]`{{\"'\n]|\w)"
    rf"|\\{{0,8}}{_Q}\w{{1,64}}\\{{0,8}}{_Q}\s{{0,20}}:|\{{\s{{0,20}}{_Q}|```)"
)
# One that was cut, as in "\u06", stands for nothing.
_ESCAPE = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|u[0-9a-fA-F]{0,3}\Z|(.)|\Z)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "", "b": "", "f": "", "u": ""}


def regions(text: str) -> list[str]:
    """The parts of a text that were meant to be JSON objects, in order, whole or cut."""
    return [text[start:end] for start, end in _spans(text)]


def prose(text: str) -> str:
    """The text without the parts that were meant to be JSON; a bare JSON value is no prose."""
    kept, at = [], 0
    for start, end in _spans(text):
        kept.append(text[at:start])
        at = end
    parts = (_EMPTY.sub("", piece).strip() for piece in [*kept, text[at:]])
    return "\n".join(part for part in parts if not _is_data(part))


def _is_data(part: str) -> bool:
    bare = part.strip("` \n")
    return bool(_DATA.fullmatch(bare)) or isinstance(_loaded(bare), list | dict | bool)


def unwrapped(text: str) -> str | None:
    """The string inside, when the whole text is one JSON string (escaped twice); else None."""
    value = _loaded(text) if text.lstrip().startswith('"') else None
    if value is None and re.match(r"\s*\{\s*\\+[\"n]", text):
        value = _loaded(f'"{text.strip()}"')
    return value if isinstance(value, str) and value != text else None


def whole(region: str) -> Any:
    """The value of a part that is valid JSON (raw line breaks allowed); None for any other."""
    return _loaded(region)


def pieces(region: str) -> dict[str, Any]:
    """What can be read of our three keys in a part that is not valid JSON; folded keys."""
    found: dict[str, Any] = {}
    if place := _RESPONSE.search(region):
        found["response"] = _string(region, place.end())
    if needs := _NEEDS.search(region):
        found["needsDataCollection"] = bool(needs)
    if fields := _FIELDS.search(region):
        listed = fields[1].partition("[")[2] or fields[1].partition(",")[0]
        found["requestedFields"] = _FIELD_NAME.findall(listed)
    return found


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _spans(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    while start := _START.search(text, at):
        at = _end(text, start.start())
        spans.append((start.start(), at))
    return spans


def _end(text: str, start: int) -> int:
    """Where the part that begins at `start` closes; the next fence or the text's end if cut."""
    depth = 0 if text[start] in "{[" else 1
    quoted, fence = False, len(text)
    for mark in _STRUCTURE.finditer(text, start):
        sign = mark[0]
        if sign == "```":
            fence = min(fence, mark.start())
        elif sign == '"':
            quoted = not quoted
        elif not quoted and sign in "{[":
            depth += 1
        elif not quoted and sign in "}]":
            depth -= 1
            if depth <= 0:
                return mark.end()
    return fence


def _string(region: str, start: int) -> Any:
    opening = _OPENING.match(region, start)
    if opening is None:
        bare = re.compile(r"[^,}\]\n]{0,200}").match(region, start)
        word = bare[0].strip() if bare else ""
        return (
            None if word.lower() in ("null", "none", "false", "true") or word[:1] in "[{" else word
        )
    slashes, quote = opening[1], opening[2]
    closers = re.compile(re.escape(slashes) + f"[{_CLOSERS.get(quote, quote)}]")
    for closing in closers.finditer(region, opening.end()):
        escaped = not slashes and region[closing.start() - 1] == "\\"
        if not escaped and _AFTER.match(region, closing.end()):
            return _plain(region[opening.end() : closing.start()])
    return _plain(region[opening.end() :].rstrip("}] \n\t`"))


def _plain(body: str) -> str:
    return _ESCAPE.sub(_unescaped, body)


def _unescaped(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return _ESCAPED.get(escape[2] or "u", escape[2] or "")
