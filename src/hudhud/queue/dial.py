"""Opens a socket to Valkey and signs in; asks one question on a socket of its own."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

from hudhud.errors import QueueUnavailableError
from hudhud.queue.address import Address
from hudhud.queue.link import CALL_S, Link, Word

CONNECT_S = 1.0
# One of several servers is asked who serves what; a hung one must leave time for the others.
ASK_S = 0.3


async def dial(at: Address, link: Link) -> dict[bytes, Any]:
    """Open this link, sign in, and return what the server says of itself (HELLO).

    Raises:
        OSError, QueueUnavailableError: it could not be opened; the link is closed.
    """
    loop = asyncio.get_running_loop()
    try:
        if at.path:
            await loop.create_unix_connection(lambda: link, at.path)
        else:
            tls = ssl.create_default_context() if at.tls else None
            await loop.create_connection(lambda: link, at.host, at.port, ssl=tls)
        login = ("AUTH", at.user, at.password) if at.password else ()
        steps = [link.call("HELLO", 3, *login, "SETNAME", "hudhud", deadline_s=CALL_S)]
        if at.database:
            steps.append(link.call("SELECT", at.database, deadline_s=CALL_S))
        hello, *_ = await asyncio.gather(*steps)
    except BaseException:
        link.abort()
        raise
    return dict(hello)


async def ask(at: Address, *words: Word) -> Any:
    """Open, ask one question, close: within ASK_S seconds.

    Raises:
        QueueUnavailableError: no answer; the detail says why.
    """
    link = Link(_deaf, _deaf)
    try:
        async with asyncio.timeout(ASK_S):
            await dial(at, link)
            return await link.call(*words, deadline_s=ASK_S)
    except (OSError, TimeoutError) as error:
        raise QueueUnavailableError(str(error) or "no connection") from None
    finally:
        link.abort()


def _deaf(_: Any) -> None:
    return
