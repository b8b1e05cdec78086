"""What texts mean, as any OpenAI-compatible endpoint says it, and what that adds to a search.

Only the order counts: how near two vectors are says nothing by itself (see docs/decisions/0020).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import msgspec

from hudhud.core.outside.breakers import Breakers
from hudhud.errors import (
    BreakerOpenError,
    EmbeddingFailedError,
    SendNotMadeError,
    SendRejectedError,
    SendUnknownError,
    StoreUnavailableError,
)
from hudhud.events import emit
from hudhud.model import Turn
from hudhud.settings import Settings
from hudhud.store.knowledge import documents, vectors
from hudhud.store.pool import Database

if TYPE_CHECKING:
    import aiohttp  # a process that only looks at answers must not load it

NEAR_MAX: Final = 10
PASSAGES_MAX: Final = 4
ASKED_CHARS_MAX: Final = 1000
ANSWER_BYTES_MAX: Final = 8 * 1024 * 1024
# Of reciprocal rank fusion: how little the first places count more than those behind them.
_RANK = 60
_OK = 200


class _One(msgspec.Struct, frozen=True):
    index: int
    embedding: list[float]


class _Answered(msgspec.Struct, frozen=True):
    data: list[_One]


async def embedded(
    http: aiohttp.ClientSession,
    breakers: Breakers,
    settings: Settings,
    texts: Sequence[str],
    *,
    limit_s: float,
) -> list[list[float]]:
    """The vectors of some texts, in their order.

    Args:
        http: a guarded session.
        breakers: of this process.
        settings: the endpoint.
        texts: as they are meant.
        limit_s: how long whoever asks can wait.

    Raises:
        EmbeddingFailedError: no usable vectors came in time.
        BreakerOpenError: the endpoint is not to be asked now.
    """
    place = urlsplit(settings.embeddings_url).netloc.rpartition("@")[2]
    async with breakers.calling(f"embeddings/{place}", deadline_s=limit_s):
        return await _asked(http, settings, texts, limit_s)


async def nearer(database: Database, breakers: Breakers, settings: Settings, turn: Turn) -> Turn:
    """The turn with passages chosen by words and by meaning; by words alone where that fails.

    Without an endpoint, or for a merchant without vectors, nobody is asked.
    """
    from hudhud.core.outside.session import http_session  # noqa: PLC0415 - see above

    words = " ".join(said.text for said in turn.messages)[:ASKED_CHARS_MAX].strip()
    if not settings.embeddings_url or not words:
        return turn
    merchant_id, model = turn.merchant_id, settings.embeddings_model
    try:
        async with database.reading(merchant_id) as connection:
            if not await vectors.some(connection, merchant_id, model):
                return turn
        async with http_session() as http:
            limit_s = settings.embeddings_timeout_s
            (vector,) = await embedded(http, breakers, settings, [words], limit_s=limit_s)
        async with database.reading(merchant_id) as connection:
            near = await vectors.nearest(connection, merchant_id, model, vector, limit=NEAR_MAX)
            order = fused([passage.id for passage in turn.passages], near)[:PASSAGES_MAX]
            read = await documents.passages(connection, merchant_id, ids=order, limit=PASSAGES_MAX)
    except (EmbeddingFailedError, BreakerOpenError, StoreUnavailableError) as error:
        emit("embeddings.failed", "warning", error=type(error).__name__, why=error.detail)
        return turn
    # Those that words found keep their scores.
    by_id = {passage.id: passage for passage in (*read, *turn.passages)}
    return msgspec.structs.replace(turn, passages=tuple(by_id[n] for n in order if n in by_id))


def fused(*lists: Sequence[int]) -> list[int]:
    """One list out of several, by reciprocal rank; pure. Equal ones as the first list has them."""
    scores: defaultdict[int, float] = defaultdict(float)
    for one in lists:
        for place, row_id in enumerate(one):
            scores[row_id] += 1 / (_RANK + place + 1)
    return sorted(dict.fromkeys(chain(*lists)), key=lambda row_id: -scores[row_id])


async def _asked(
    http: aiohttp.ClientSession, settings: Settings, texts: Sequence[str], limit_s: float
) -> list[list[float]]:
    from hudhud.channels.once import once  # noqa: PLC0415 - see above

    key = settings.embeddings_api_key
    body: dict[str, Any] = {"model": settings.embeddings_model, "input": list(texts)}
    try:
        answered = await once(
            http,
            "POST",
            f"{settings.embeddings_url}/embeddings",
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout_s=limit_s,
            bytes_max=ANSWER_BYTES_MAX,
            json=body,
        )
    except (SendNotMadeError, SendUnknownError, SendRejectedError) as error:
        raise EmbeddingFailedError(error.detail) from error
    if answered.status != _OK:
        raise EmbeddingFailedError(f"HTTP {answered.status}")
    try:
        told = msgspec.convert(answered.read, _Answered).data
    except msgspec.ValidationError as error:
        raise EmbeddingFailedError("The answer holds no vectors.") from error
    if sorted(one.index for one in told) != list(range(len(texts))):
        raise EmbeddingFailedError("There is not one vector for each text.")
    return [one.embedding for one in sorted(told, key=lambda one: one.index)]
