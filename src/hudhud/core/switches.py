"""Emergency switches without a deploy (Q9), in force in every process within 2 s.

What counts, strongest first: the file DATA/switches.json, which works when PostgreSQL is down;
the table `switch`; HUDHUD_SWITCHES; the value given here.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path
from typing import Literal

import msgspec

from hudhud.errors import BadInputError, StoreUnavailableError
from hudhud.events import emit
from hudhud.settings import Settings
from hudhud.store import switches as stored
from hudhud.store.pool import Database

REFRESH_S = 1.0
FILE = "switches.json"
Position = Literal["on", "off"]
Source = Literal["file", "database", "environment", "default"]

# Name: its usual position, and what it does when it is turned the other way.
SWITCHES: dict[str, tuple[Position, str]] = {
    "queue": ("on", "off: work goes straight from PostgreSQL, without Valkey (direct mode)"),
    "parallel_context": ("on", "off: what answers need is looked up one after another"),
    "ai": ("on", "off: nothing is answered by a responder; every batch goes to a person"),
    "intake_only": ("off", "on: messages are taken and kept, nothing is answered or sent"),
    "drain": ("off", "on: no new batch is taken, what runs is finished"),
}


class Switches:
    """The switches of this process, refreshed in the background."""

    def __init__(self, database: Database, settings: Settings) -> None:
        """Begin with what the environment says; `refresh` or `run` reads the rest."""
        self._database = database
        self._path = settings.data_dir / FILE
        self._environment = parsed(settings.switches)
        self._file: dict[str, Position] = {}
        self._table: dict[str, Position] = {}

    def on(self, name: str) -> bool:
        """Whether a switch is on; costs nothing, so ask each time.

        Raises:
            KeyError: no such switch.
        """
        return self.position(name)[0] == "on"

    def position(self, name: str) -> tuple[Position, Source]:
        """A switch's position, and who says so.

        Raises:
            KeyError: no such switch.
        """
        usual = SWITCHES[name][0]
        sources: tuple[tuple[Source, dict[str, Position]], ...] = (
            ("file", self._file),
            ("database", self._table),
            ("environment", self._environment),
        )
        for source, positions in sources:
            if name in positions:
                return positions[name], source
        return usual, "default"

    async def refresh(self) -> None:
        """Read file and table now; what cannot be read keeps its last word."""
        before = {name: self.position(name) for name in SWITCHES}
        try:
            self._file = await asyncio.to_thread(read_file, self._path)
        except BadInputError:
            emit("switches.file_unreadable", "warning")
        try:
            async with self._database.reading() as connection:
                self._table = _known(await stored.read(connection))
        except StoreUnavailableError:
            emit("switches.table_unreadable", "debug")
        for name, was in before.items():
            if (now := self.position(name)) != was:
                emit("switch.seen", name=name, position=now[0], source=now[1])

    async def run(self) -> None:
        """Refresh for ever; end it by cancelling."""
        while True:
            await self.refresh()
            await asyncio.sleep(REFRESH_S)


async def flip(database: Database, name: str, position: Position, *, actor: str) -> None:
    """Turn a switch for every process and write down who did.

    Raises:
        BadInputError: no such switch.
        StoreUnavailableError: PostgreSQL is away; `flip_in_file` works without it.
    """
    _refuse_unknown(name)
    async with database.deed() as connection:
        await stored.flip(connection, name, position, actor=actor)


def flip_in_file(data_dir: Path, name: str, position: Position | None) -> None:
    """Turn a switch in the file, which is stronger than the table; None takes the override away.

    Raises:
        BadInputError: no such switch, or the file that is there cannot be understood.
    """
    _refuse_unknown(name)
    path = data_dir / FILE
    positions = {**read_file(path)}
    positions.pop(name, None)
    if position is not None:
        positions[name] = position
    with tempfile.NamedTemporaryFile(dir=data_dir, delete=False) as draft:
        draft.write(msgspec.json.format(msgspec.json.encode(positions)))
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(path)


def read_file(path: Path) -> dict[str, Position]:
    """The positions that the file gives; none when there is no file.

    Raises:
        BadInputError: it is not JSON like {"ai": "off"}.
    """
    try:
        return _known(msgspec.json.decode(path.read_bytes(), type=dict[str, str]))
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError):
        raise BadInputError(f'{path} must read like {{"ai": "off"}}.') from None


def parsed(text: str) -> dict[str, Position]:
    """The positions in `ai=off,queue=on`; the settings have checked that it reads so."""
    return _known(dict(pair.split("=", 1) for pair in text.split(",") if pair))


def _known(given: dict[str, str]) -> dict[str, Position]:
    # A newer release's switch or a slip of the pen must not stop the ones that are right.
    positions: dict[str, Position] = {}
    for name, value in given.items():
        if name in SWITCHES and value in ("on", "off"):
            positions[name] = "on" if value == "on" else "off"
    return positions


def _refuse_unknown(name: str) -> None:
    if name not in SWITCHES:
        raise BadInputError(f"No switch {name!r}. Known: {', '.join(SWITCHES)}.")
