"""What was learnt is kept beside the code, as Python keeps what it compiles.

To learn takes seconds of a core, to read it again some milliseconds: a worker that was killed
answers at once when it is back. Without a place to write, every process learns for itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from array import array
from collections.abc import Callable
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Final

import msgspec

from hudhud.responders.examples.learning import Learnt

_PACKAGE: Final = Path(__file__).parents[2]
# Whatever changes in these may change what is learnt.
_MADE_OF: Final = ("text", "responders")
_DIGEST_BYTES: Final = 32


class _Written(msgspec.Struct, frozen=True, array_like=True):
    """What was learnt, the arrays as their bytes."""

    kinds: tuple[str, ...]
    pieces: bytes
    starts: bytes
    pairs: bytes
    rest: tuple[float, ...]
    gains: tuple[float, ...]


def kept(name: str, learn: Callable[[], Learnt]) -> Learnt:
    """What was learnt from the sources as they are now: read, or learnt and written.

    Args:
        name: of the file.
        learn: makes it anew.
    """
    place = _place(name)
    if place is None:
        return learn()
    with contextlib.suppress(OSError):
        written = place.read_bytes()
        body = written[_DIGEST_BYTES:]
        if written[:_DIGEST_BYTES] == _digest(body):
            return _read(msgspec.msgpack.decode(body, type=_Written))
    learnt = learn()
    with contextlib.suppress(OSError):
        _write(place, learnt)
    return learnt


def _read(written: _Written) -> Learnt:
    pieces, starts = array("Q"), array("I")
    pieces.frombytes(written.pieces)
    starts.frombytes(written.starts)
    return Learnt(
        kinds=written.kinds,
        pieces=pieces,
        starts=starts,
        pairs=written.pairs,
        rest=written.rest,
        gains=written.gains,
    )


def _write(place: Path, learnt: Learnt) -> None:
    body = msgspec.msgpack.encode(
        _Written(
            kinds=learnt.kinds,
            pieces=learnt.pieces.tobytes(),
            starts=learnt.starts.tobytes(),
            pairs=learnt.pairs,
            rest=learnt.rest,
            gains=learnt.gains,
        )
    )
    place.parent.mkdir(exist_ok=True)
    # Whole or not at all: another process may read it at this moment, or write the same.
    fresh = place.with_suffix(f".{os.getpid()}")
    try:
        fresh.write_bytes(_digest(body) + body)
        fresh.replace(place)
    finally:
        fresh.unlink(missing_ok=True)


def _digest(body: bytes) -> bytes:
    """Of what stands in a file, and of the sources it was learnt from."""
    return hashlib.blake2b(body, key=_sources(), digest_size=_DIGEST_BYTES).digest()


def _place(name: str) -> Path | None:
    try:
        return Path(cache_from_source(__file__)).with_name(f"{name}.learnt")
    except NotImplementedError:  # this Python keeps nothing either
        return None


@cache
def _sources() -> bytes:
    """A digest of all that it is learnt from."""
    digest = hashlib.blake2b(sys.byteorder.encode(), digest_size=_DIGEST_BYTES)
    for part in _MADE_OF:
        for path in sorted((_PACKAGE / part).rglob("*")):
            if path.suffix in (".py", ".txt"):
                digest.update(f"{path.relative_to(_PACKAGE)}\n".encode())
                digest.update(path.read_bytes())
    return digest.digest()
