"""A small server that speaks S3: PUT, GET with a range, DELETE; it proves every signature itself.

Written from AWS's description of Signature Version 4, and from nothing of ours.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web

KEY_ID, SECRET, REGION = "AKTEST", "bucket-secret", "me-south-1"
SKEW_S_MAX = 900
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, "
    r"SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})"
)


@dataclass
class BucketServer:
    """What lies in the bucket, and with which status the next requests are refused."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    refuse: list[int] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.read()
        if self.refuse:
            return web.Response(status=self.refuse.pop(0))
        if not _proved(request, body):
            return web.Response(status=403, text="SignatureDoesNotMatch")
        key = request.match_info["key"]
        if request.method == "PUT":
            self.files[key] = body
            return web.Response()
        if request.method == "DELETE":
            self.files.pop(key, None)
            return web.Response(status=204)
        if key not in self.files:
            return web.Response(status=404)
        return _ranged(request, self.files[key])


def _ranged(request: web.Request, data: bytes) -> web.Response:
    found = re.fullmatch(r"bytes=(\d+)-(\d+)", request.headers.get("range", ""))
    if found is None:
        return web.Response(body=data)
    start, last = (int(one) for one in found.groups())
    if start >= len(data):
        return web.Response(status=416)
    return web.Response(status=206, body=data[start : last + 1])


def _proved(request: web.Request, body: bytes) -> bool:
    found = _AUTHORIZATION.fullmatch(request.headers.get("authorization", ""))
    if found is None:
        return False
    key_id, day, region, names, told = found.groups()
    stamp = request.headers["x-amz-date"]
    moment = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    fresh = abs((datetime.now(UTC) - moment).total_seconds()) < SKEW_S_MAX
    digest = hashlib.sha256(body).hexdigest()
    if (key_id, region, day) != (KEY_ID, REGION, stamp[:8]) or not fresh:
        return False
    if request.headers["x-amz-content-sha256"] != digest:
        return False
    required = {"host", "x-amz-date", "x-amz-content-sha256"}
    if not required <= set(names.split(";")):
        return False
    canonical = [request.method, request.raw_path.partition("?")[0], request.query_string]
    canonical += [f"{name}:{request.headers[name].strip()}" for name in names.split(";")]
    canonical += ["", names, digest]
    asked = hashlib.sha256("\n".join(canonical).encode()).hexdigest()
    key = f"AWS4{SECRET}".encode()
    for part in (day, region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    words = f"AWS4-HMAC-SHA256\n{stamp}\n{day}/{region}/s3/aws4_request\n{asked}"
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest() == told


@asynccontextmanager
async def running_bucket() -> AsyncIterator[BucketServer]:
    """A bucket that listens."""
    server = BucketServer()
    app = web.Application(client_max_size=2**28)
    app.router.add_route("*", "/shop-files/{key:.+}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/shop-files"
    yield server
    await runner.cleanup()
