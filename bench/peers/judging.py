"""Whether every message was answered exactly once and in order, and how many lines that took."""

from __future__ import annotations

import ast
import io
import itertools
import tokenize
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SILENT = {
    *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT),
    *(tokenize.ENDMARKER, tokenize.ENCODING),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in a peer's outbox: to which messages of whom, and when it was begun (epoch)."""

    conversation: str
    messages: Sequence[str]
    at: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Messages that nobody answered, that were answered again, that came before an earlier one."""

    lost: int
    twice: int
    disordered: int


def judge(
    sent: Mapping[str, Sequence[str]], answers: Iterable[Answer], *, paced: Collection[str] = ()
) -> Verdict:
    """Compare what was sent with what was answered.

    Args:
        sent: of each conversation the ids of its messages, in the order of sending.
        answers: in the order of the outbox.
        paced: conversations whose messages did not leave before the one before was taken; of the
            others nobody can say which came first.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for answer in answers:
        found[answer.conversation] += answer.messages
    lost = twice = disordered = 0
    for conversation, ids in sent.items():
        times = Counter(found.get(conversation, ()))
        lost += sum(1 for one in ids if not times[one])
        twice += sum(times[one] - 1 for one in ids if times[one])
        if conversation in paced:
            disordered += _disordered(ids, found[conversation])
    return Verdict(lost, twice, disordered)


def _disordered(ids: Sequence[str], answered: Sequence[str]) -> int:
    places = {one: place for place, one in enumerate(ids)}
    firsts = [places[one] for one in dict.fromkeys(answered) if one in places]
    return sum(later < earlier for earlier, later in itertools.pairwise(firsts))


def late_ms(
    taken_at: Mapping[str, float], answers: Iterable[Answer], *, burst: int, window_ms: float
) -> list[float]:
    """How late each answer was begun, in the order of the outbox; early ones are below zero.

    Args:
        taken_at: of each message when its 200 came, seconds of the same clock.
        answers: what was begun when.
        burst: messages that make a batch due at once.
        window_ms: after the first message a smaller batch is due.
    """
    found = []
    for answer in answers:
        moments = [taken_at[one] for one in answer.messages if one in taken_at]
        if moments:
            due = moments[0] + window_ms / 1000
            if len(moments) >= burst:
                due = min(due, moments[burst - 1])
            found.append((answer.at - due) * 1000)
    return found


def user_lines(app: Path) -> int:
    """Lines of an application that somebody has to write: no blank ones, no comments."""
    text = app.read_text(encoding="utf-8")
    return _of_python(text) if app.suffix == ".py" else _of_javascript(text)


def _of_python(text: str) -> int:
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in SILENT:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        said = getattr(node, "body", None)
        if isinstance(said, list) and said and _is_docstring(said[0]):
            lines.difference_update(range(said[0].lineno, (said[0].end_lineno or 0) + 1))
    return len(lines)


def _is_docstring(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _of_javascript(text: str) -> int:
    # Our own files: a comment has its line for itself, and a block comment opens and closes one.
    lines, within = 0, False
    for line in map(str.strip, text.splitlines()):
        within = within or line.startswith("/*")
        lines += bool(line) and not within and not line.startswith("//")
        within = within and not line.endswith("*/")
    return lines
