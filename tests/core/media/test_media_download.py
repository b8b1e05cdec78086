"""Files from addresses that others name: none of our own house, no more than was agreed (S8)."""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from PIL import Image

from hudhud.addresses import is_public
from hudhud.core.breaker import Policy
from hudhud.core.media import thumbnail
from hudhud.core.media.disk import Disk, key_of
from hudhud.core.media.download import downloading
from hudhud.core.media.fetch import same_digest
from hudhud.core.media.kinds import agreed
from hudhud.core.outside.breakers import Breakers
from hudhud.core.outside.session import download_session
from hudhud.errors import MediaRefusedError, MediaUnavailableError, StorageUnavailableError


@pytest.fixture
async def origin() -> AsyncIterator[str]:
    async def file(_: web.Request) -> web.Response:
        return web.Response(body=b"x" * 1000)

    async def away(request: web.Request) -> web.Response:
        raise web.HTTPFound(request.query["to"])

    async def told(request: web.Request) -> web.Response:
        return web.Response(text=request.headers.get("authorization", ""))

    async def cut(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"content-length": "1000"})
        await answer.prepare(request)
        await answer.write(b"x" * 10)
        assert request.transport is not None
        request.transport.abort()
        return answer

    app = web.Application()
    app.router.add_get("/file", file)
    app.router.add_get("/away", away)
    app.router.add_get("/cut", cut)
    app.router.add_get("/told", told)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def read(url: str, *trusted: str, token: str = "") -> bytes:
    async with (
        download_session() as http,
        Breakers(Policy()).calling("media/1", deadline_s=5),
        downloading(
            http, url, {"authorization": token}, trusted=frozenset(trusted), timeout_s=5
        ) as chunks,
    ):
        return b"".join([chunk async for chunk in chunks])


@pytest.mark.clause("5.4")
async def test_a_private_address_is_refused_unless_the_inbox_named_it(origin):
    with pytest.raises(MediaRefusedError, match="not a public one"):
        await read(f"{origin}/file")
    assert len(await read(f"{origin}/file", origin)) == 1000


async def test_a_name_that_resolves_to_a_private_address_is_refused(origin):
    with pytest.raises(MediaRefusedError, match="not a public one"):
        await read(f"{origin.replace('127.0.0.1', 'localhost')}/file")


@pytest.mark.clause("5.4")
async def test_a_redirect_into_our_own_house_is_refused(origin):
    for elsewhere in (origin.replace("127.0.0.1", "localhost"), "http://[::ffff:127.0.0.1]:1"):
        with pytest.raises(MediaRefusedError, match="not a public one"):
            await read(f"{origin}/away?to={elsewhere}/file", origin)
    with pytest.raises(MediaRefusedError, match="none of the web"):
        await read(f"{origin}/away?to=file:///etc/passwd", origin)


async def test_a_token_does_not_follow_a_redirect_to_elsewhere(origin):
    other = origin.replace("127.0.0.1", "localhost")
    assert await read(f"{origin}/away?to=/told", origin, token="t") == b"t"
    assert await read(f"{origin}/away?to={other}/told", origin, other, token="t") == b""


async def test_redirects_end(origin):
    with pytest.raises(MediaRefusedError, match="more than 3"):
        await read(
            f"{origin}/away?to=/away%3Fto%3D/away%253Fto%253D/away%25253Fto%25253D/file", origin
        )


async def test_a_download_that_is_cut_is_tried_again(origin):
    with pytest.raises(MediaUnavailableError):
        await read(f"{origin}/cut", origin)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
     "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1",  # noqa: S104 - to be refused
     "ff02::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "240.0.0.1", "words"],
)  # fmt: skip
def test_no_address_of_our_own_house_is_public(address):
    assert not is_public(address)


def test_addresses_of_the_internet_are_public():
    assert is_public("157.240.1.35")
    assert is_public("2a03:2880:f12f:83:face:b00c:0:25de")


async def _stream(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def test_a_file_that_is_too_large_leaves_nothing(tmp_path):
    with pytest.raises(MediaRefusedError, match="larger"):
        await Disk(tmp_path).write(uuid.uuid4(), 1, _stream(b"x" * 60, b"x" * 60), bytes_max=100)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


async def test_a_full_disk_is_no_fault_of_the_file(tmp_path):
    Path(tmp_path / "full").write_bytes(b"")
    with pytest.raises(StorageUnavailableError):
        await Disk(tmp_path / "full").write(uuid.uuid4(), 1, _stream(b"x"), bytes_max=100)


async def test_a_file_is_stored_whole_and_for_us_alone(tmp_path):
    disk, name = Disk(tmp_path), uuid.uuid4()
    written = await disk.write(name, 1, _stream(b"ab", b"cd"), bytes_max=100)
    await disk.keep(written.path, key_of(name))
    assert disk.path(key_of(name)).read_bytes() == b"abcd"
    assert disk.path(key_of(name)).stat().st_mode & 0o777 == 0o600
    assert written.sha256 == hashlib.sha256(b"abcd").hexdigest()


def test_a_digest_is_told_in_hexadecimal_or_base64():
    found = hashlib.sha256(b"").hexdigest()
    assert same_digest("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", found)
    assert same_digest(found.upper(), found)
    assert not same_digest("47DEQ", found)


@pytest.mark.clause("5.4")
@pytest.mark.parametrize(
    ("kind", "declared", "head"),
    [
        ("image", "image/jpeg", b"<html>"),
        ("image", "image/svg+xml", b"<svg xmlns="),
        ("video", "video/mp4", b"\xff\xd8\xff\xe0"),
        ("document", "application/pdf", b"<script>"),
    ],
)
def test_what_a_file_is_said_to_be_does_not_count(kind, declared, head):
    with pytest.raises(MediaRefusedError):
        agreed(kind, declared, head)


def test_voice_in_a_container_of_videos_is_sound():
    assert agreed("audio", "audio/mp4", b"\0\0\0\x20ftypisom") == "audio/mp4"


async def test_a_thumbnail_stands_upright_and_a_bomb_makes_none(tmp_path):
    image = Image.new("RGB", (1000, 500), "red")
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "image", "JPEG", exif=exif)
    assert await thumbnail.made(tmp_path / "image", tmp_path / "small")
    with Image.open(tmp_path / "small") as small:
        assert small.size == (240, 480)
    bomb = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(bomb, "PNG")
    (tmp_path / "bomb").write_bytes(bomb.getvalue())
    assert not await thumbnail.made(tmp_path / "bomb", tmp_path / "none")
    assert not (tmp_path / "none").exists()
