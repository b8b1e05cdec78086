"""Every answer that is not made of the merchant's rows alone is looked over before it leaves."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from prometheus_client import Counter

from hudhud.core.answering.checking.recording import Call
from hudhud.core.answering.checking.vetting import Vetted, vetted
from hudhud.events import emit
from hudhud.model import Answer, Assistant, Turn

# They put rows into sentences and say nothing else; a test runs the checks over them too.
GROUNDED = frozenset({"catalogue"})
FINDINGS = Counter(
    "hudhud_answer_findings_total",
    "What the checks found in answers, and what became of it: mended, or handed_over.",
    ["what", "did"],
)


def looked_over(turn: Turn, answer: Answer, calls: Sequence[Call]) -> Answer:
    """The answer that may leave; never raises.

    Args:
        turn: what it answers.
        answer: what a responder made.
        calls: what the tools really did for it.
    """
    if grounded(turn.assistant):
        return answer
    try:
        found = vetted(turn, answer, calls)
    except Exception as error:  # noqa: BLE001 - what cannot be looked over does not leave
        emit("answer.unchecked", "error", exc_info=True, error=type(error).__name__)
        return msgspec.structs.replace(answer, text="", contents=(), hand_over="check_failed")
    if found.findings:
        _tell(turn, found)
    return found.answer


def grounded(assistant: Assistant) -> bool:
    """Whether whoever may answer for this assistant says only what rows say."""
    kinds = {assistant.responder, assistant.second_responder or assistant.responder}
    return kinds <= GROUNDED


def _tell(turn: Turn, found: Vetted) -> None:
    did = "handed_over" if found.answer.hand_over is not None else "mended"
    for one in found.findings:
        FINDINGS.labels(one.what, did).inc()
    whats = sorted({one.what for one in found.findings})
    emit("answer.checked", "warning", conversation=turn.conversation_id, did=did, found=whats)
