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
from hudhud.responders.sparing import denied, excluded, for_theirs, kept, owned, spared
from hudhud.store import catalogue
from hudhud.store.catalogue.ranking import Terms
from hudhud.store.catalogue.shelf import Shelf
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
    asking = _Asking(database, claim.claimed.merchant_id, versions, history)
    texts = [message.text for message in claim.messages]
    shelf, found = await asking.products(texts)
    unwanted = excluded(texts, found)
    if unwanted.ids:
        # What is left out by name stands last, so that an answer knows what was named.
        last = [product for product in found if product.id in unwanted.ids]
        _, others = await asking.products(unwanted.texts)
        others = [*others] or shelf.browse(limit=BROWSED_MAX)
        found = [*(one for one in others if one.id not in unwanted.ids), *last]
    if not found:
        # "What do you have?" names nothing: a little of everything is the answer to it.
        found = shelf.browse(limit=BROWSED_MAX)
    said = _said(claim)
    passages = shelf.passages(said, limit=PASSAGES_MAX)
    if not passages:
        passages = shelf.passages(asking.newest, limit=PASSAGES_MAX)
    return Found(tuple(found), tuple(shelf.faqs(said, limit=FAQS_MAX)), tuple(passages))


class _Asking:
    """What is looked for on one merchant's shelf, after what was said before."""

    def __init__(
        self,
        database: Database,
        merchant_id: int,
        versions: Versions | None,
        history: tuple[Said, ...],
    ) -> None:
        self._of, self._history = (database, merchant_id, versions), history
        # "And the sizes?" means what was spoken of before: what names a thing comes first.
        before = text.search_terms("\n".join(map(_told, history[-EARLIER_MAX:])))
        self.newest = text.things(before)[-EARLIER_TERMS_MAX:]

    async def products(self, texts: Sequence[str]) -> tuple[Shelf, list[Product]]:
        """The shelf, and what these texts may be about, best first."""
        whole = " ".join(texts)
        said, lacked = text.search_terms(whole), denied(texts)
        named = text.things(said, text.own_pictures(whole))
        plain = kept(named, lacked)
        asked = (said, self.newest, plain) if lacked else (said, self.newest)
        database, merchant_id, versions = self._of
        shelf = await catalogue.shelf_of(
            database, merchant_id, asked, faqs_all=FAQS_MAX, versions=versions
        )
        told = shelf.products(named, limit=PRODUCTS_MAX)
        if lacked:
            bare = shelf.products(plain, limit=PRODUCTS_MAX)
            told = spared(told, bare, lacked=lacked, wanted=plain)
        told = for_theirs(told, owned(texts))
        before = shelf.products(self.newest, limit=PRODUCTS_MAX)
        return shelf, in_order(told, before, list(texts), self._history)
