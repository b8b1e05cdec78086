"""Whether an answer holds what is only ours: instructions, marks of the prompt, keys, secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from hudhud.core.answering.checking.finding import Finding
from hudhud.core.answering.checking.reading import Plain
from hudhud.model import Assistant, Turn
from hudhud.model.tools import TOOLS
from hudhud.responders import prompt
from hudhud.text import fold, words

# So many words of ours in a row are no accident; a merchant's instructions may hold facts that
# customers should hear, and sentences of theirs with figures are passed over.
OUR_WORDS_MAX = 7
INSTRUCTION_WORDS_MAX = 8
_SENTENCE = re.compile(r"[.\n!?؟؛;]+")
_MARKS = re.compile(
    r"(?:^|\n)\W*(?:PRODUCTS|FAQ|FAQS|COLLECTED|MISSING|HISTORY|MESSAGES|CART|ORDERS|PASSAGES|KNOWLEDGE"
    r"|RULES|SYSTEM)\W*(?=\n|$|:)|\[(?:contact|assistant|operator|system)\]|<\|[^|<>\n]{1,40}\|>"
    r"|needs_?data_?collection|requested_?fields|[\"'“”]\s*response\s*[\"'“”]\s*:|```|~~~"
    r"|\{\s*[\"'“][^\"'”\n]{1,60}[\"'”]\s*:|</?(?:system|tool_call|function|instructions?)>"
    r"|(?:system|developer) (?:prompt|message)\s*[:=]",
    re.IGNORECASE,
)
_UPPER = re.compile(r"(?:^|\n)\W*(?:PRODUCTS|FAQS?|COLLECTED|MISSING|HISTORY|MESSAGES)\b")
_NAMES = [str(tool.__struct_config__.tag) for tool in TOOLS]
_TOOLS = re.compile(rf"(?<!\w)(?:{'|'.join(name for name in _NAMES if '_' in name)})(?!\w)")
_SECRETS = re.compile(
    r"(?<!\w)(?:sk-[\w-]{16,}|xox[abp]-[\w-]{10,}|gh[pousr]_\w{20,}|AKIA[0-9A-Z]{12,}|AIza[\w-]{20,}"
    r"|EAA[A-Za-z0-9]{20,}|eyJ[\w-]{10,}\.[\w-]{10,}|v1\.[\w-]{4,}\.[\w-]{8,}\.[\w-]{8,}|glpat-[\w-]{16,}"
    r"|[Bb]earer\s+[\w.~+/-]{12,}|[0-9a-fA-F]{32,}|-----BEGIN [A-Z ]+-----)"
    r"|(?:api[_ -]?key|secret|password|token|كلمة (?:السر|المرور))\s*[:=]\s*\S{6,}",
    re.IGNORECASE,
)
_MIXED = re.compile(
    r"(?<![\w/.-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d[\w-]*\d)[A-Za-z0-9_-]{24,}(?![\w/.-])"
)


def leaked(read: Plain, turn: Turn, merchants: str) -> Iterator[Finding]:
    """Words of ours that no customer may read.

    Args:
        read: the answer.
        turn: its assistant's instructions are what may leak.
        merchants: the merchant's own texts, folded; what stands in them is no secret.
    """
    for form in (_MARKS, _UPPER, _TOOLS):
        if found := form.search(read.text):
            yield Finding(what="leaked_text", found=found[0].strip())
            return
    for form in (_SECRETS, _MIXED):
        if (found := form.search(read.text)) and fold(found[0]) not in merchants:
            yield Finding(what="secret_text", found=found[0])
            return
    yield from _repeated(read, turn)


def _repeated(read: Plain, turn: Turn) -> Iterator[Finding]:
    said = words(read.text)
    told = turn.assistant.instructions
    for ours, most in (
        (_rules(turn.merchant_name, turn.assistant.name), OUR_WORDS_MAX),
        (_runs(told, INSTRUCTION_WORDS_MAX), INSTRUCTION_WORDS_MAX),
    ):
        for at in range(len(said) - most + 1):
            if tuple(said[at : at + most]) in ours:
                yield Finding(what="leaked_text", found=" ".join(said[at : at + most]))
                return


@lru_cache(maxsize=256)
def _runs(text: str, most: int) -> frozenset[tuple[str, ...]]:
    """Every run of so many words of a text's sentences, without those that tell figures."""
    found: set[tuple[str, ...]] = set()
    for sentence in _SENTENCE.split(text):
        said = words(sentence)
        if not any(map(str.isdigit, sentence)):
            found |= {tuple(said[at : at + most]) for at in range(len(said) - most + 1)}
    return frozenset(found)


@lru_cache(maxsize=256)
def _rules(merchant: str, assistant: str) -> frozenset[tuple[str, ...]]:
    """Those of what every prompt of theirs says before its rows."""
    bare = Turn(
        merchant_id=0,
        merchant_name=merchant,
        conversation_id=0,
        contact_name="",
        assistant=Assistant(
            id=0, merchant_id=0, name=assistant, responder="llm", instructions="", options={}
        ),
        messages=(),
    )
    return _runs(prompt.instructions(bare), OUR_WORDS_MAX)


def contents_read(contents: tuple[object, ...]) -> str:
    """All words of what is more than text, a line each."""
    lines: list[str] = []
    waiting: list[object] = [msgspec.to_builtins(one) for one in contents]
    for value in waiting:
        if isinstance(value, str):
            lines.append(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list | tuple):
            waiting.extend(value)
    return "\n".join(lines)
