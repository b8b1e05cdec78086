"""What the search finds for a batch: products, questions and passages, best first."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from typing import NamedTuple

from hudhud import text
from hudhud.core.context.ordering import in_order
from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.model import Faq, Passage, Product, Said
from hudhud.responders.sparing import denied, for_theirs, kept, owned, spared
from hudhud.store import catalogue
from hudhud.store.catalogue.ranking import Terms
from hudhud.store.catalogue.stock import Versions
from hudhud.store.conversations import Claim
from hudhud.store.pool import Database

PRODUCTS_MAX = 8
FAQS_MAX = 20
PASSAGES_MAX = 4
BROWSED_MAX = 12
EARLIER_MAX = 4
EARLIER_TERMS_MAX = 12
SEARCH_PAUSES_S = (0.2, 0.5, 1.0)  # a restarted PostgreSQL is back within these


class Found(NamedTuple):
    """What a batch may be about, each list best first."""

    products: tuple[Product, ...]
    faqs: tuple[Faq, ...]
    passages: tuple[Passage, ...]


async def search(
    database: Database, claim: Claim, versions: Versions | None, history: tuple[Said, ...]
) -> Found:
    """Find what a batch speaks of, and what was spoken of just before it.

    It is required (P2): "we do not have that" must not be said because a connection broke. It is
    tried again for a while; then the batch fails, and comes again.

    Args:
        database: the worker's pool.
        claim: the claimed batch.
        versions: which change of the shelf was the last; None looks it up.
        history: what was said before.

    Raises:
        StoreUnavailableError: PostgreSQL stayed away.
    """
    for pause_s in SEARCH_PAUSES_S:
        try:
            return await _found(database, claim, versions, history)
        except StoreUnavailableError as error:
            emit("context.search_failed", "warning", error=error.detail)
            await asyncio.sleep(pause_s)
    return await _found(database, claim, versions, history)


async def warm(database: Database, claims: Sequence[Claim]) -> None:
    """Read what these batches name, once for each merchant, so that their searches find it here.

    It saves time and nothing else: what fails here is asked again by the search itself.
    """
    asked: dict[int, list[Terms]] = {}
    for claim in claims:
        asked.setdefault(claim.claimed.merchant_id, []).append(_said(claim))
    for merchant_id, askings in asked.items():
        with contextlib.suppress(StoreUnavailableError):
            await catalogue.warm(database, merchant_id, askings, faqs_all=FAQS_MAX)


def _said(claim: Claim) -> Terms:
    return text.search_terms(" ".join(message.text for message in claim.messages))


def _told(message: Said) -> str:
    """What a message tells: of ours, not what we asked, which names no goods."""
    if message.author == "contact":
        return message.text
    return "\n".join(line for line in message.text.split("\n") if not line.endswith(("؟", "?")))


async def _found(
    database: Database, claim: Claim, versions: Versions | None, history: tuple[Said, ...]
) -> Found:
    merchant_id = claim.claimed.merchant_id
    said = _said(claim)
    # "And the sizes?" means what was spoken of before: what names a thing comes first.
    before = text.search_terms("\n".join(map(_told, history[-EARLIER_MAX:])))
    newest = text.things(before)[-EARLIER_TERMS_MAX:]
    lacked = denied(message.text for message in claim.messages)
    named = text.things(said, text.own_pictures(" ".join(m.text for m in claim.messages)))
    plain = kept(named, lacked)
    asked = (said, newest, plain) if lacked else (said, newest)
    shelf = await catalogue.shelf_of(
        database, merchant_id, asked, faqs_all=FAQS_MAX, versions=versions
    )
    told = shelf.products(named, limit=PRODUCTS_MAX)
    if lacked:
        bare = shelf.products(plain, limit=PRODUCTS_MAX)
        told = spared(told, bare, lacked=lacked, wanted=plain)
    told = for_theirs(told, owned(message.text for message in claim.messages))
    found = in_order(
        told,
        shelf.products(newest, limit=PRODUCTS_MAX),
        [message.text for message in claim.messages],
        history,
    )
    if not found:
        # "What do you have?" names nothing: a little of everything is the answer to it.
        found = shelf.browse(limit=BROWSED_MAX)
    faqs = shelf.faqs(said, limit=FAQS_MAX)
    passages = shelf.passages(said, limit=PASSAGES_MAX)
    if not passages:
        passages = shelf.passages(newest, limit=PASSAGES_MAX)
    return Found(tuple(found), tuple(faqs), tuple(passages))
