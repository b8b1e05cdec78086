"""Voice notes become words at an OpenAI-compatible endpoint, when one is configured (S8)."""

from __future__ import annotations

import math
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import aiohttp

from hudhud.channels.once import Answered, once
from hudhud.core.app import App
from hudhud.core.media.storage import Storage
from hudhud.errors import (
    HearingFailedError,
    SendNotMadeError,
    SendRejectedError,
    SendUnknownError,
    Service,
)
from hudhud.settings import Settings
from hudhud.store.media import Fetching

ANSWER_BYTES_MAX = 4 * 1024 * 1024
TEXT_CHARS_MAX = 8000
# The endpoint tells the format by the name's ending.
_ENDINGS = {
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/wav": "wav",
    "audio/webm": "webm",
    "audio/3gpp": "3gp",
}
_RICH, _PLAIN = "verbose_json", "json"
_SERVER, _BAD_REQUEST, _TOO_MANY, _OK = 500, 400, 429, 200


class Heard(NamedTuple):
    """What was said, and how sure the endpoint is, from 0 to 1, when it says so."""

    text: str
    confidence: float | None


def hearing_service(settings: Settings) -> str:
    """The name of the endpoint before its breaker."""
    return f"hearing/{urlsplit(settings.hearing_url).netloc.rpartition('@')[2]}"


async def hear(app: App, storage: Storage, http: aiohttp.ClientSession, row: Fetching) -> Heard:
    """Have one stored voice note transcribed.

    Args:
        app: the open parts.
        storage: where it lies.
        http: the session that asks.
        row: as it was claimed; it is stored.

    Raises:
        HearingFailedError: no usable words came, now or for ever.
        BreakerOpenError: the endpoint is not to be asked now.
        NotFoundError, StorageUnavailableError: the file cannot be read.
    """
    settings = app.settings
    if not settings.hearing_url:
        raise HearingFailedError("No endpoint is configured any more.", service="well")
    end = settings.media_bytes_max
    data = b"".join([chunk async for chunk in storage.read(row.stored_key or "", 0, end)])
    async with app.breakers.calling(
        hearing_service(settings), deadline_s=settings.hearing_timeout_s
    ):
        answered = await _ask(http, settings, row, data, _RICH)
        if answered.status == _BAD_REQUEST:
            # Some models know the plain form only, and then say nothing of how sure they are.
            answered = await _ask(http, settings, row, data, _PLAIN)
        return heard_of(answered)


async def _ask(
    http: aiohttp.ClientSession, settings: Settings, row: Fetching, data: bytes, form: str
) -> Answered:
    body = aiohttp.FormData()
    name = f"voice.{_ENDINGS.get(row.mime, 'ogg')}"
    body.add_field("file", data, filename=name, content_type=row.mime)
    body.add_field("model", settings.hearing_model)
    body.add_field("response_format", form)
    key = settings.hearing_api_key
    try:
        return await once(
            http,
            "POST",
            f"{settings.hearing_url}/audio/transcriptions",
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout_s=settings.hearing_timeout_s,
            bytes_max=ANSWER_BYTES_MAX,
            form=body,
        )
    except (SendNotMadeError, SendUnknownError, SendRejectedError) as error:
        # Nobody sees a question twice, so here it is all one.
        raise HearingFailedError(error.detail) from error


def heard_of(answered: Answered) -> Heard:
    """Judge an answer; pure.

    Raises:
        HearingFailedError: it holds no words.
    """
    status = answered.status
    if status >= _SERVER:
        raise HearingFailedError(f"HTTP {status}.")
    if status != _OK:
        busy = status == _TOO_MANY
        after_s = float(answered.retry_after) if answered.retry_after.isdecimal() else None
        service: Service = "busy" if busy else "well"
        raise HearingFailedError(f"HTTP {status}.", retry_after_s=after_s, service=service)
    found = answered.read if isinstance(answered.read, dict) else {}
    text = found.get("text")
    # PostgreSQL's text knows no NUL.
    words = text.replace("\0", "").strip() if isinstance(text, str) else ""
    if not words:
        raise HearingFailedError("No words came.", service="well")
    return Heard(words[:TEXT_CHARS_MAX], _confidence(found))


def _confidence(found: dict[str, Any]) -> float | None:
    if isinstance(found.get("confidence"), int | float):
        return min(1.0, max(0.0, float(found["confidence"])))
    segments = found.get("segments")
    logs = [
        float(one["avg_logprob"])
        for one in (segments if isinstance(segments, list) else [])
        if isinstance(one, dict) and isinstance(one.get("avg_logprob"), int | float)
    ]
    return min(1.0, math.exp(sum(logs) / len(logs))) if logs else None
