"""The webhook door: read, verify, route, make durable, 200.

A bare ASGI application, and `at_once` for what needs less than that (`web/doorway.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope, Send

from hudhud.core.adapters import spoken
from hudhud.core.connecting.probing import PROBE, probe_answer
from hudhud.core.inboxes import Inboxes
from hudhud.core.intake.accept import Intake
from hudhud.core.intake.routing import kept, route, route_at_once
from hudhud.core.linking.noting import note_links
from hudhud.errors import HudhudError, SpoolUnavailableError, StoreUnavailableError
from hudhud.events import STAGES, emit
from hudhud.model import Inbox
from hudhud.web.body import read_body
from hudhud.web.probes import REQUESTS

PREFIX = "/webhooks/"
RETRY_AFTER_S = 5
Head = tuple[bytes, bytes]
Heads = tuple[Head, ...]
Answering = Callable[[int, Heads, bytes], None]
# Looked up once: a label costs as much as what it counts.
_ACCEPTED = STAGES.labels("accept")
_ANSWERED = {status: REQUESTS.labels(status) for status in (200, 401, 405, 413, 503)}


class Webhooks:
    """`/webhooks/{channel}/{key}`: GET is the provider's challenge, POST a signed webhook."""

    def __init__(
        self,
        inboxes: Inboxes,
        intake: Intake,
        *,
        body_bytes_max: int,
        accept_timeout_s: float,
        secret_key: str = "",
    ) -> None:
        """Keep the parts; limits come from the settings, and the key that answers our own probe."""
        self.inboxes = inboxes
        self.intake = intake
        self.body_bytes_max = body_bytes_max
        self.accept_timeout_s = accept_timeout_s
        self.secret_key = secret_key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever goes wrong inside is 503, never a false 200."""
        try:
            status, body = await self._answer(scope, receive)
        except (StoreUnavailableError, SpoolUnavailableError) as error:
            status, body = _refused(error)
        _ANSWERED[status].inc()
        headers = _heads(status, body)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def at_once(
        self, path: str, headers: Iterable[Head], body: bytes, answering: Answering
    ) -> bool:
        """Take a webhook of which nothing is to be waited for but its commit, as nearly all are.

        Args:
            path: of a POST.
            headers: of it, their names in lower case.
            body: all of it, not longer than `body_bytes_max`.
            answering: called later, once, with status, headers and body, where this is true.

        Returns: false, and nothing was begun, for whatever must be asked through ASGI.
        """
        channel, key = _place(path)
        inbox = self.inboxes.at_hand(key)
        if inbox is None or not _verified(inbox, channel, body, headers):
            return False
        started = time.monotonic()
        storable = kept(inbox.channel, body)
        webhook = None if storable is None else route_at_once(inbox, storable)
        done = partial(self._done, started, answering)
        return webhook is not None and self.intake.enter(
            webhook, inbox.channel, done, timeout_s=self.accept_timeout_s
        )

    def _done(self, started: float, answering: Answering, error: HudhudError | None) -> None:
        status, body = (200, b"") if error is None else _refused(error)
        if error is None:
            _ACCEPTED.observe(time.monotonic() - started)
        _ANSWERED[status].inc()
        answering(status, _heads(status, body), body)

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, bytes]:
        channel, key = _place(scope["path"])
        if scope["method"] == "GET":
            return await self._challenge(channel, key, scope["query_string"])
        if scope["method"] != "POST":
            return 405, b"POST or GET"
        body = await read_body(scope, receive, self.body_bytes_max)
        if body is None:
            return 413, b"too large"
        inbox = await self.inboxes.by_key(key)
        # An unknown inbox and a wrong signature are one answer: nothing to learn by asking.
        if inbox is None or not _verified(inbox, channel, body, scope["headers"]):
            emit("webhook.unverified", "warning", channel=channel[:32])
            return 401, b"not verified"
        started = time.monotonic()
        storable = kept(inbox.channel, body)
        if storable is None:
            emit("webhook.passed_over", "debug", channel=channel)
            return 200, b""
        webhook = await route(self.inboxes, inbox, storable)
        if webhook.links:
            # News of the account and no message: it comes by storms, and only the last one counts.
            await note_links(self.intake.door.database, webhook)
        else:
            await self.intake.take(webhook, inbox.channel, timeout_s=self.accept_timeout_s)
            _ACCEPTED.observe(time.monotonic() - started)
        # uvicorn writes head and body apart; without a body that is one system call less, and of
        # the answer to a webhook nobody reads more than its status.
        return 200, b""

    async def _challenge(self, channel: str, key: str, query: bytes) -> tuple[int, bytes]:
        inbox = await self.inboxes.by_key(key)
        if inbox is None or inbox.channel != channel:
            return 401, b"not verified"
        asked = dict(parse_qsl(query.decode("latin-1")))
        if self.secret_key and PROBE in asked:
            return 200, probe_answer(self.secret_key, asked[PROBE]).encode()
        speaks = spoken(inbox)
        answer = speaks.channel.challenge(speaks.options, asked)
        return (200, answer.encode()) if answer is not None else (401, b"not verified")


def _place(path: str) -> tuple[str, str]:
    channel, _, rest = path.removeprefix(PREFIX).partition("/")
    # Evolution may write the event behind the key (`/messages-upsert`); the body says it too.
    return channel, rest.partition("/")[0]


def _verified(inbox: Inbox, channel: str, body: bytes, heads: Iterable[Head]) -> bool:
    if inbox.channel != channel:
        return False
    speaks = spoken(inbox)
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in heads}
    verified: bool = speaks.channel.verify(speaks.options, body, headers)
    return verified


def _refused(error: HudhudError) -> tuple[int, bytes]:
    emit("webhook.refused", "error", error=type(error).__name__)
    return 503, b"come again"


@lru_cache(16)
def _heads(status: int, body: bytes) -> Heads:
    heads = [(b"content-length", b"%d" % len(body))]
    if body:
        heads.append((b"content-type", b"text/plain; charset=utf-8"))
    if status == 503:  # noqa: PLR2004 - the one status that asks the provider back
        heads.append((b"retry-after", b"%d" % RETRY_AFTER_S))
    return tuple(heads)
