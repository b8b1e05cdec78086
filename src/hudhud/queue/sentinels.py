"""Who is primary, as the sentinels that watch it say."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from hudhud.errors import QueueUnavailableError
from hudhud.queue.address import Address, SentinelAddress
from hudhud.queue.dial import ask


class Sentinels:
    """Asked whenever a connection is opened; a connection ends when its server is demoted."""

    def __init__(self, at: SentinelAddress) -> None:
        """Name the sentinels."""
        self._sentinels = deque(at.sentinels)
        self._at = at

    async def primary(self, _refusal: str) -> Address:
        """The primary as one sentinel sees it: the next one each time, for one may be cut off.

        What it names may be dead or demoted already; the probe of the connection finds that out.

        Raises:
            QueueUnavailableError: no sentinel answers, or none knows the name.
        """
        refusal = ""
        for _ in range(len(self._sentinels)):
            self._sentinels.rotate(-1)
            try:
                words = ("SENTINEL", "GET-MASTER-ADDR-BY-NAME", self._at.name)
                told = await ask(self._sentinels[0], *words)
            except QueueUnavailableError as error:
                refusal = f"no sentinel answers: {error.detail}"
                continue
            if told:
                host, port = told
                return replace(self._at.primary, host=host.decode(), port=int(port))
            refusal = f"no sentinel knows {self._at.name}"
        raise QueueUnavailableError(refusal)
