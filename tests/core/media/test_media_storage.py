"""Files in a bucket: what goes in comes out, whole and in parts, and only with our proof."""

from __future__ import annotations

import asyncio
import os
import time
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from yarl import URL

import bucket
from bucket import BucketServer, running_bucket
from hudhud.core.breaker import Policy
from hudhud.core.media.disk import Disk
from hudhud.core.media.keeping import kept
from hudhud.core.media.signing import EMPTY_SHA256, Access, signed
from hudhud.core.media.storage import Storage, opened_storage, try_out
from hudhud.core.outside.breakers import Breakers
from hudhud.errors import NotFoundError, StorageUnavailableError
from hudhud.settings import Settings


@pytest.fixture
async def server() -> AsyncIterator[BucketServer]:
    async with running_bucket() as running:
        yield running


def settings_of(tmp_path: Path, server: BucketServer, secret: str = bucket.SECRET) -> Settings:
    return Settings(
        data_dir=tmp_path,
        s3_url=server.url,
        s3_region=bucket.REGION,
        s3_key_id=bucket.KEY_ID,
        s3_secret=secret,
    )


@pytest.fixture(params=["disk", "bucket"])
async def storage(
    request: pytest.FixtureRequest, tmp_path: Path, server: BucketServer
) -> AsyncIterator[Storage]:
    chosen = Settings(data_dir=tmp_path)
    if request.param == "bucket":
        chosen = settings_of(tmp_path, server)
    async with opened_storage(chosen, Breakers(Policy())) as opened:
        yield opened


async def put(storage: Storage, data: bytes, key: str = "ab/ab12") -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield data

    written = await storage.scratch.write(uuid.uuid4(), 1, chunks(), bytes_max=2**20)
    await storage.keep(written.path, key)
    storage.scratch.forget(written.path)


async def read(storage: Storage, key: str, start: int, end: int) -> bytes:
    return b"".join([chunk async for chunk in storage.read(key, start, end)])


@pytest.mark.clause("5.4")
async def test_what_is_kept_is_read_whole_and_in_parts_until_it_is_dropped(storage):
    data = bytes(range(256)) * 2000
    await put(storage, data)
    assert await read(storage, "ab/ab12", 0, len(data)) == data
    assert await read(storage, "ab/ab12", 1000, 1003) == data[1000:1003]
    assert await read(storage, "ab/ab12", 0, 2**31) == data
    for _ in range(2):
        await storage.drop("ab/ab12")
    with pytest.raises(NotFoundError):
        await read(storage, "ab/ab12", 0, 1)


async def test_a_page_begins_to_read_in_one_task_and_ends_in_another(storage):
    data = bytes(range(256)) * 4000
    await put(storage, data)
    chunks = storage.read("ab/ab12", 0, len(data))
    first = await anext(chunks)

    async def rest() -> bytes:
        return b"".join([chunk async for chunk in chunks])

    assert first + await asyncio.create_task(rest()) == data
    given_up = storage.read("ab/ab12", 0, len(data))
    await anext(given_up)
    await asyncio.create_task(given_up.aclose())


async def test_a_storage_can_be_tried_out_and_is_left_as_it_was(storage, tmp_path, server):
    await try_out(storage)
    assert not server.files
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


async def test_an_image_is_kept_with_its_thumbnail_and_leaves_nothing_beside(
    storage, tmp_path, server
):
    Image.new("RGB", (900, 600), "red").save(tmp_path / "image.png")
    data = (tmp_path / "image.png").read_bytes()

    async def chunks() -> AsyncIterator[bytes]:
        yield data

    public_id = uuid.uuid4()
    written = await storage.scratch.write(public_id, 1, chunks(), bytes_max=2**20)
    told = await kept(storage, public_id, written, kind="image", mime="image/png")
    storage.scratch.forget(written.path)
    assert (await read(storage, told.thumbnail_key, 0, 2**31))[8:12] == b"WEBP"
    assert await read(storage, told.key, 0, told.bytes) == data
    left = {path.name for path in (tmp_path / "media").rglob("*") if path.is_file()}
    assert left == (set() if server.files else {public_id.hex, f"{public_id.hex}.small"})


async def test_a_bucket_that_refuses_or_breaks_keeps_nothing_back_from_us(tmp_path, server):
    settings = settings_of(tmp_path, server, secret="another")
    async with opened_storage(settings, Breakers(Policy())) as storage:
        with pytest.raises(StorageUnavailableError, match="403"):
            await put(storage, b"x")
    assert not server.files
    async with opened_storage(settings_of(tmp_path, server), Breakers(Policy())) as storage:
        server.refuse = [500]
        with pytest.raises(StorageUnavailableError, match="500"):
            await put(storage, b"x")
        await put(storage, b"x")
        assert server.files == {"ab/ab12": b"x"}


async def test_what_a_killed_process_left_half_written_is_cleared_and_nothing_else(tmp_path):
    disk = Disk(tmp_path)
    for name, age_s in (
        ("a.1.part", 99_999),
        ("b.1.part.small", 99_999),
        ("c.1.part", 9),
        ("d", 0),
    ):
        place = disk.path(f"ab/{name}")
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"x")
        os.utime(place, (time.time() - age_s,) * 2)
    os.utime(disk.path("ab/d"), (0, 0))
    assert await disk.clear(older_s=3600) == 2
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"c.1.part", "d"}


async def test_a_key_never_leads_out_of_the_folder(tmp_path):
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(StorageUnavailableError):
        await read(Disk(tmp_path), "link", 0, 1)


def test_the_signature_is_that_of_awss_own_example():
    # AWS, "Signature Calculations for the Authorization Header", example GET Object.
    access = Access("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")
    told = signed(
        access,
        "GET",
        URL("https://examplebucket.s3.amazonaws.com/test.txt"),
        {"range": "bytes=0-9"},
        sha256=EMPTY_SHA256,
        now=datetime(2013, 5, 24, tzinfo=UTC),
    )
    assert told["authorization"].endswith(
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
    )
