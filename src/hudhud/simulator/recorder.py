"""Every exchange as one JSON line in a file, numbered without a gap: what drills are judged by.

The memory of the simulator is bounded; this file is not. One event loop writes it, so the order of
its lines is the order in which things happened here, whatever the clock says.
"""

from __future__ import annotations

import os
from typing import Any

import msgspec

from hudhud.simulator.clock import now_ms
from hudhud.simulator.records import Called, Delivery, Inbound


class Recorder:
    """Writes the history; without a path it writes nothing."""

    def __init__(self, path: str = "") -> None:
        """Begin a new file at this path; one that is there is replaced."""
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600) if path else None
        self._number = 0

    def said(self, inbound: Inbound) -> None:
        """A customer said something."""
        self._write(
            "said",
            wamid=inbound.wamid,
            account=inbound.phone_number_id,
            phone=inbound.wa_id,
            stamp_s=inbound.stamp_s,
        )

    def posted(self, delivery: Delivery, attempt: int) -> None:
        """A webhook with messages leaves, for the first time or again."""
        if delivery.subject == "message":
            self._write(
                "posted", webhook=delivery.seq, attempt=attempt, wamids=list(delivery.wamids)
            )

    def returned(self, delivery: Delivery, attempt: int, status: int | None) -> None:
        """It came back with this status, or with none."""
        if delivery.subject == "message":
            self._write("returned", webhook=delivery.seq, attempt=attempt, status=status)

    def called(self, called: Called) -> None:
        """The product sent something, and this became of it; `fault` spoils only the answer."""
        if called.operation == "send":
            self._write(
                "called",
                account=called.phone_number_id,
                phone=called.to,
                outcome=called.outcome,
                tag=called.tag or "",
                text=called.text,
                code=called.code,
                fault=called.fault,
            )

    def close(self) -> None:
        """End the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _write(self, what: str, **record: Any) -> None:
        if self._file is None:
            return
        self._number += 1
        line = {"what": what, "n": self._number, "at_ms": now_ms(), **record}
        os.write(self._file, msgspec.json.encode(line) + b"\n")
