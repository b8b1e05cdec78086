"""Everything that one answer may read, put together before the responder is asked."""

from __future__ import annotations

from hudhud.core.context.searching import search
from hudhud.core.context.window import HISTORY_TOKENS, within_tokens
from hudhud.core.hours.saying import as_answered, opening_of
from hudhud.core.tracing import current, step
from hudhud.errors import LookUpFailedError
from hudhud.events import LOOK_UPS_FAILED, emit
from hudhud.model import Said, Turn
from hudhud.store.conversations import Claim
from hudhud.store.lookups import HISTORY_MAX, Setting, declared
from hudhud.store.pool import Database


async def gather(
    database: Database, claim: Claim, setting: Setting, *, history_tokens: int = HISTORY_TOKENS
) -> Turn:
    """Make the turn of one claimed batch: what was looked up for it, and what search finds.

    Args:
        database: the worker's pool.
        claim: the claimed batch.
        setting: what was looked up for it; its assistant must be there.
        history_tokens: how much of what was said before a responder reads (P1).

    Raises:
        LookUpFailedError: something that is required was not found (P2).
        msgspec.ValidationError: the stored assistant is not what this release knows.
        StoreUnavailableError: PostgreSQL stayed away.
    """
    for name, why in setting.failed.items():
        # The rest of the sentence may quote what a customer wrote.
        LOOK_UPS_FAILED.labels(name).inc()
        emit("context.look_up_failed", "warning", look_up=name, sqlstate=why[:5])
    assistant = setting.of(declared.ASSISTANT)
    if assistant is None:
        raise LookUpFailedError("assistant: the inbox has none")
    inbox = setting.of(declared.INBOX)
    looked_up, summary = setting.of(declared.HISTORY), setting.of(declared.SUMMARY)
    history = within_tokens(looked_up, history_tokens, upto=summary.upto)
    left_out = _left_out(looked_up, history)
    with step("search"):
        found = await search(database, claim, setting.of(declared.SHELF), history)
    opening = opening_of(setting.of(declared.HOURS), claim.now)
    turn = Turn(
        merchant_id=claim.claimed.merchant_id,
        merchant_name=inbox.merchant_name,
        conversation_id=claim.claimed.conversation_id,
        contact_name=setting.of(declared.CONTACT),
        assistant=assistant,
        messages=claim.messages,
        history=history,
        by_person=setting.of(declared.BY_PERSON),
        inbox=inbox,
        products=found.products,
        faqs=as_answered(found.faqs, opening),
        passages=found.passages,
        collected=setting.of(declared.COLLECTED),
        cart=setting.of(declared.CART),
        orders=setting.of(declared.ORDERS),
        now=claim.now,
        summary=summary.body,
        left_out=left_out if left_out > summary.upto else 0,
        opening=opening,
    )
    if trace := current():
        trace.gathered(turn)
    return turn


def _left_out(looked_up: tuple[Said, ...], history: tuple[Said, ...]) -> int:
    """The newest message that is not in the history; pure."""
    dropped = looked_up[: len(looked_up) - len(history)]
    if dropped:
        return dropped[-1].id
    return looked_up[0].id - 1 if len(looked_up) >= HISTORY_MAX else 0
