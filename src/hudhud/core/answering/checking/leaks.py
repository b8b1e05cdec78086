"""Whether an answer holds what is only ours: instructions, marks of the prompt, keys, secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import msgspec

from hudhud.core.answering.checking.finding import Finding
from hudhud.core.answering.checking.reading import Plain
from hudhud.model import Assistant, Turn
from hudhud.model.tools import TOOLS
from hudhud.responders import prompt
from hudhud.text import fold

# So many letters of ours in a row, whatever stands between them and from whichever end they are
# read, are no accident: every run of RUN_LETTERS + STEP_LETTERS is found, none below RUN_LETTERS.
RUN_LETTERS = 28
STEP_LETTERS = 6
# A merchant's instructions hold facts too, which customers should hear: not so many of them in
# one answer, though, and none to who asks for the instructions.
FACTS_MAX = 2
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
_OF_ITSELF = re.compile(
    r"\bmy (?:system |initial )?(?:prompt|instructions)\b|\bsystem prompt\b"
    r"|\b(?:hidden|secret|initial|original|system) instructions\b"
    r"|\bi (?:was|am|have been|ve been)"
    r" (?:instructed|programmed|told (?:not )?to|configured|prompted)\b"
    r"|(?<!\w)[وفب]?(?:تعليماتي|التعليمات (?:التي|اللي) (?:عندي|لدي|اعطيت|تلقيت)|برمجوني"
    r"|تمت برمجتي|قيل لي|امروني)(?!\w)",
)
_ASKED = re.compile(
    r"instruction|prompt|your rules|(?<!\w)(?:تعليمات|اوامر|قواعد)(?:ك|كم|كن)(?!\w)|برومبت|system"
)
# A sentence that tells whoever answers what to do, not what is so.
_TELLS = re.compile(
    r"(?<!\w)[وف]?(?:لا|كن|اجب|رد|استخدم|استعمل|تجنب|اذكر|تذكر|تخبر|قل|تقل|اسال|اعرض"
    r"|حول|تحدث|خاطب|اكتب|دائما|ابدا|يجب|ممنوع|عليك|انت|always|never|do not|dont|must|should"
    r"|you|your|answer|reply|speak|avoid|be|use|ask|keep|customer|customers)(?!\w)"
)


def _spellings(name: str) -> tuple[str, ...]:
    """The name of a tool as programs write it: place_order, place-order, PlaceOrder, placeOrder."""
    camel = name.title().replace("_", "")
    return name.replace("_", r"(?:\\?_|-)"), camel, camel[0].lower() + camel[1:]


_NAMES = [str(tool.__struct_config__.tag) for tool in TOOLS]
_CALLED = [form for name in _NAMES if "_" in name for form in _spellings(name)]
_TOOLS = re.compile(rf"(?<![^\W_])(?:{'|'.join(_CALLED)})(?!\w)")
_SECRETS = re.compile(
    r"(?<!\w)(?:sk-[\w-]{16,}|xox[abp]-[\w-]{10,}|gh[pousr]_\w{20,}|AKIA[0-9A-Z]{12,}|AIza[\w-]{20,}"
    r"|EAA[A-Za-z0-9]{20,}|eyJ[\w-]{10,}\.[\w-]{10,}|v1\.[\w-]{4,}\.[\w-]{8,}\.[\w-]{8,}|glpat-[\w-]{16,}"
    r"|[Bb]earer\s+[\w.~+/-]{12,}|[0-9a-fA-F]{32,}|-----BEGIN [A-Z ]+-----)"
    r"|\w{2,20}://[^\s/:@]+:[^\s/@]+@|(?<!\w)(?:HUDHUD|ENCRYPTION|SECRET|DATABASE|REDIS|VALKEY)_[A-Z_]{3,}"
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
    if found := _OF_ITSELF.search(fold(read.text)):
        yield Finding(what="leaked_text", found=found[0])
        return
    yield from _repeated(read, turn)


def _repeated(read: Plain, turn: Turn) -> Iterator[Finding]:
    letters = _letters(read.text)
    asked = any(_ASKED.search(fold(said.text)) for said in turn.messages)
    rules, told = (
        _rules(_apart(turn.merchant_name), _apart(turn.assistant.name)),
        _runs(turn.assistant.instructions),
    )
    facts: set[int] = set()
    for way in (letters, letters[::-1]):
        for at in range(0, len(way) - RUN_LETTERS + 1, STEP_LETTERS):
            run = way[at : at + RUN_LETTERS]
            fact = told.get(run)
            if fact is not None:
                facts.add(fact)
            if run in rules or fact == 0 or len(facts) > (0 if asked else FACTS_MAX):
                yield Finding(what="leaked_text", found=run)
                return


def _apart(name: str) -> str:
    """A name within our rules; one that alone is most of a run parts them, for it is no secret."""
    return name if len(_letters(name)) <= RUN_LETTERS // 2 else "."


def _letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalpha())


@lru_cache(maxsize=256)
def _runs(text: str) -> Mapping[str, int]:
    """Every run of so many letters of a text's sentences, each with the number of its sentence.

    Those of sentences that tell somebody what to do have 0; sentences with figures are left out.
    """
    found: dict[str, int] = {}
    for place, sentence in enumerate(_SENTENCE.split(text), 1):
        if not any(map(str.isdigit, sentence)):
            letters = _letters(sentence)
            number = 0 if _TELLS.search(fold(sentence)) else place
            for at in range(len(letters) - RUN_LETTERS + 1):
                run = letters[at : at + RUN_LETTERS]
                found[run] = min(number, found.get(run, number))
    return found


@lru_cache(maxsize=256)
def _rules(merchant: str, assistant: str) -> Mapping[str, int]:
    """Those of what every prompt of theirs says before its rows: no line of it is a fact."""
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
    # A figure in their names makes no fact of a rule.
    return _runs(re.sub(r"\d", "", prompt.instructions(bare, tools=True)))


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
