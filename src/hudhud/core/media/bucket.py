"""Files in a bucket that speaks S3: one PUT, one GET or one DELETE each (decision 0017)."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from yarl import URL

from hudhud.core.media.disk import Disk
from hudhud.core.media.signing import EMPTY_SHA256, Access, signed
from hudhud.core.outside.breakers import Breakers
from hudhud.core.outside.session import http_session
from hudhud.errors import NotFoundError, StorageUnavailableError
from hudhud.settings import Settings

SERVICE = "storage"
READ_BYTES = 256 * 1024
_OK, _PARTIAL, _GONE = 200, 206, 404
_TAKEN = frozenset({200, 201, 204})


@asynccontextmanager
async def opened_bucket(
    settings: Settings, breakers: Breakers, scratch: Disk
) -> AsyncIterator[Bucket]:
    """Open the way to the bucket that the settings name."""
    async with http_session() as http:
        yield Bucket(settings, breakers, scratch, http)


class Bucket:
    """A bucket; a file waits in `scratch` on our own disk until the bucket has taken it."""

    def __init__(
        self, settings: Settings, breakers: Breakers, scratch: Disk, http: aiohttp.ClientSession
    ) -> None:
        """Use `opened_bucket`."""
        self.scratch = scratch
        self._access = Access(settings.s3_key_id, settings.s3_secret, settings.s3_region)
        self._base = URL(settings.s3_url)
        self._breakers = breakers
        self._http = http
        self._timeout_s = settings.media_timeout_s

    async def keep(self, path: Path, key: str) -> None:
        """Give the bucket a written file.

        Raises:
            StorageUnavailableError: it does not take it now.
        """
        sha256 = await asyncio.to_thread(_sha256, path)
        with path.open("rb") as file:
            await self._done("PUT", key, _TAKEN, sha256=sha256, data=file)

    async def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes of a kept file from `start` to before `end`.

        Raises:
            NotFoundError: it is not there.
            StorageUnavailableError: not now.
        """
        if start >= end:
            return
        headers = {"range": f"bytes={start}-{end - 1}"}
        whole = frozenset() if start else frozenset({_OK})
        answer = await self._asked("GET", key, whole | {_PARTIAL, _GONE}, headers=headers)
        # Outside of the breaker's block: a page reads on in another task than it began in.
        async with answer:
            if answer.status == _GONE:
                raise NotFoundError("The file.")
            try:
                async for chunk in answer.content.iter_chunked(READ_BYTES):
                    yield chunk
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                raise StorageUnavailableError(type(error).__name__) from error

    async def drop(self, key: str) -> None:
        """Delete a kept file; one that is not there is deleted already.

        Raises:
            StorageUnavailableError: not now.
        """
        await self._done("DELETE", key, _TAKEN | {_GONE})

    async def _done(self, method: str, key: str, wanted: frozenset[int], **more: Any) -> None:
        async with await self._asked(method, key, wanted, **more):
            pass

    async def _asked(
        self,
        method: str,
        key: str,
        wanted: frozenset[int],
        *,
        headers: dict[str, str] | None = None,
        sha256: str = EMPTY_SHA256,
        data: Any = None,
    ) -> aiohttp.ClientResponse:
        url = self._base / key
        proved = signed(
            self._access, method, url, headers or {}, sha256=sha256, now=datetime.now(UTC)
        )
        # Whoever plays a film reads it slowly: only silence ends a reading.
        whole_s = None if method == "GET" else self._timeout_s
        limit = aiohttp.ClientTimeout(
            total=whole_s, sock_connect=self._timeout_s, sock_read=self._timeout_s
        )
        async with self._breakers.calling(SERVICE, deadline_s=self._timeout_s):
            try:
                answer = await self._http.request(
                    method, url, headers=proved, data=data, timeout=limit, allow_redirects=False
                )
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                raise StorageUnavailableError(type(error).__name__) from error
            if answer.status not in wanted:
                answer.close()
                raise StorageUnavailableError(f"The bucket answered HTTP {answer.status}.")
            return answer


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
