"""One spooled webhook, and how it stands in a file: magic, length, CRC-32, MessagePack."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

import msgspec

HEAD = struct.Struct(">4sII")
MAGIC = b"HUD1"
# Instead of it, once the record stands in PostgreSQL: whoever reads on passes it by.
DONE = b"HUD0"
RECORD_BYTES_MAX = 80 * 1024 * 1024


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One verified webhook: whose it is, when it became durable, its raw bytes (trap 14)."""

    merchant_id: int
    inbox_id: int
    channel: str
    accepted_at: datetime
    body: bytes


def pack(record: Record) -> bytes:
    """One record as bytes of a spool file."""
    data = msgspec.msgpack.encode(record)
    return HEAD.pack(MAGIC, len(data), zlib.crc32(data)) + data


def unpack(file: BinaryIO) -> Iterator[Record | None]:
    """All whole records from where the file stands; see `placed`."""
    return (record for _, record in placed(file))


def placed(file: BinaryIO) -> Iterator[tuple[int, Record | None]]:
    """Where each whole record begins, and the record; None once for each damaged stretch.

    What is done is passed by.

    A torn tail, a record cut short by the end of the file, ends it silently: its write never
    returned, so nobody acknowledged it. After each yield the file stands behind what was yielded.
    """
    start = file.tell()
    while len(head := file.read(HEAD.size)) == HEAD.size:
        magic, length, checksum = HEAD.unpack(head)
        if magic == DONE:
            start = file.seek(length, os.SEEK_CUR)
            continue
        # Never 0: a head that ends in the zeros of a power cut would be its own right checksum.
        sound = magic == MAGIC and 0 < length <= RECORD_BYTES_MAX
        data = file.read(length) if sound else b""
        if sound and len(data) == length and zlib.crc32(data) == checksum:
            begin, start = start, file.tell()
            yield begin, msgspec.msgpack.decode(data, type=Record)
            continue
        found = _next_record(file, start + 1)
        if sound and len(data) < length and found is None:
            break
        begin, start = start, file.seek(0, os.SEEK_END) if found is None else file.seek(found)
        yield begin, None
    file.seek(start)


def _next_record(file: BinaryIO, start: int) -> int | None:
    # Disks lose sectors in the middle too: what comes after one is still an acknowledged message.
    file.seek(start)
    found = file.read().find(MAGIC)
    return None if found < 0 else start + found
