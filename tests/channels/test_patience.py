"""A deadline is the other side's: what came while we were held up counts (law 5)."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable

import pytest
import uvloop

from hudhud.channels.patience import within

LIMIT_S = 0.1
PAUSE_S = 0.3

LOOPS = pytest.mark.parametrize("loop", [asyncio.new_event_loop, uvloop.new_event_loop])


def heard(loop: Callable[[], asyncio.AbstractEventLoop], *, answer: bytes, pause_s: float) -> bytes:
    """What is read within the limit, of an answer that comes before this process is paused."""

    async def ask() -> bytes:
        ours, theirs = socket.socketpair()
        reader, writer = await asyncio.open_connection(sock=ours)

        def pause() -> None:
            theirs.sendall(answer)
            time.sleep(pause_s)  # as a debugger or a swapping machine does, with the whole loop

        try:
            async with within(LIMIT_S):
                asyncio.get_running_loop().call_soon(pause)
                return await reader.readexactly(1)
        finally:
            writer.close()
            await writer.wait_closed()
            theirs.close()

    with asyncio.Runner(loop_factory=loop) as runner:
        return runner.run(ask())


@LOOPS
def test_an_answer_that_came_while_the_process_was_paused_is_heard(
    loop: Callable[[], asyncio.AbstractEventLoop],
) -> None:
    assert heard(loop, answer=b"y", pause_s=PAUSE_S) == b"y"


@LOOPS
@pytest.mark.parametrize("pause_s", [0.0, PAUSE_S])
def test_silence_ends_with_its_limit_paused_or_not(
    loop: Callable[[], asyncio.AbstractEventLoop], pause_s: float
) -> None:
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        heard(loop, answer=b"", pause_s=pause_s)
    assert time.monotonic() - started >= LIMIT_S
