"""Everything that one answer may read, put together before the responder is asked."""

from __future__ import annotations

import asyncio

import msgspec

from hudhud import text
from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.model import Assistant, Faq, Product, Said, Turn
from hudhud.store import catalogue
from hudhud.store.conversations import Claim, Setting
from hudhud.store.pool import Database

HISTORY_MAX = 30
HISTORY_TOKENS = 800
CHARS_PER_TOKEN = 3  # Arabic in today's models; a window, not an invoice
PRODUCTS_MAX = 8
FAQS_MAX = 20
BROWSED_MAX = 12
EARLIER_MAX = 4
EARLIER_TERMS_MAX = 8
SEARCH_PAUSES_S = (0.2, 0.5, 1.0)  # a restarted PostgreSQL is back within these


async def gather(database: Database, claim: Claim, setting: Setting) -> Turn:
    """Make the turn of one claimed batch: what was loaded with the claim, and what search finds.

    The search is required (P2): "we do not have that" must not be said because a connection
    broke. It is tried again for a while; then the batch fails, and comes again.

    Args:
        database: the worker's pool.
        claim: the claimed batch.
        setting: what was loaded for it; its assistant must be there.

    Raises:
        msgspec.ValidationError: the stored assistant is not what this release knows.
        StoreUnavailableError: PostgreSQL stayed away.
    """
    history = within_tokens(setting.history, HISTORY_TOKENS)
    products, faqs = await _found_in_the_end(database, claim, setting.catalogue, history)
    return Turn(
        merchant_id=claim.claimed.merchant_id,
        merchant_name=setting.merchant_name,
        conversation_id=claim.claimed.conversation_id,
        contact_name=setting.contact_name,
        assistant=msgspec.convert(setting.assistant, Assistant),
        messages=claim.messages,
        history=history,
        products=products,
        faqs=faqs,
        collected=setting.collected,
    )


async def _found_in_the_end(
    database: Database, claim: Claim, version: int, history: tuple[Said, ...]
) -> tuple[tuple[Product, ...], tuple[Faq, ...]]:
    for pause_s in SEARCH_PAUSES_S:
        try:
            return await _found(database, claim, version, history)
        except StoreUnavailableError as error:
            emit("context.search_failed", "warning", error=error.detail)
            await asyncio.sleep(pause_s)
    return await _found(database, claim, version, history)


async def _found(
    database: Database, claim: Claim, version: int, history: tuple[Said, ...]
) -> tuple[tuple[Product, ...], tuple[Faq, ...]]:
    merchant_id = claim.claimed.merchant_id
    said = text.search_terms(" ".join(message.text for message in claim.messages))
    # "And the sizes?" means what was spoken of before: what the batch itself names comes first.
    before = text.search_terms(" ".join(message.text for message in history[-EARLIER_MAX:]))
    newest = text.things(before)[-EARLIER_TERMS_MAX:]
    shelf = await catalogue.shelf_of(
        database, merchant_id, (said, newest), faqs_all=FAQS_MAX, version=version
    )
    found = [
        *shelf.products(text.things(said), limit=PRODUCTS_MAX),
        *shelf.products(newest, limit=PRODUCTS_MAX),
    ]
    if not found:
        # "What do you have?" names nothing: a little of everything is the answer to it.
        found = shelf.browse(limit=BROWSED_MAX)
    faqs = shelf.faqs(said, limit=FAQS_MAX)
    once = {product.id: product for product in reversed(found)}
    order = dict.fromkeys(product.id for product in found)
    return tuple(once[product_id] for product_id in order), tuple(faqs)


def within_tokens(history: tuple[Said, ...], tokens_max: int) -> tuple[Said, ...]:
    """The newest part of a history that fits into a window (P1: 800 tokens), oldest first."""
    left = tokens_max * CHARS_PER_TOKEN
    kept: list[Said] = []
    for said in reversed(history):
        left -= len(said.text) + CHARS_PER_TOKEN
        if left < 0:
            break
        kept.append(said)
    return tuple(reversed(kept))
