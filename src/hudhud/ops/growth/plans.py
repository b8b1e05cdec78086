"""What each call of the product makes PostgreSQL read: every statement's plan, as it ran."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

import asyncpg
import msgspec

from hudhud.store.pool import Database
from hudhud.store.server.wire import Wire, prepare

# Only a superuser may set these; as properties of the role in this one database they bind every
# new connection of the product, and none that it has.
EXPLAINING = {
    "session_preload_libraries": "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_buffers": "on",
    "auto_explain.log_timing": "off",
    "auto_explain.log_nested_statements": "on",
    "auto_explain.log_format": "json",
    # What a customer wrote stays out of the server's log.
    "auto_explain.log_parameter_max_length": "0",
    "client_min_messages": "log",
}
# A table of a few pages is read whole rightly; whoever so reads a larger one costs more every day.
FEW_PAGES = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """One statement as it ran: its words, its pages, the indexes it used, what it read whole.

    `widest` is the most rows that one step of it had in hands.
    """

    statement: str
    buffers: int
    widest: int
    indexes: frozenset[str]
    whole: frozenset[str]


class Heard(Wire):
    """A connection that keeps the plans which its server tells of, for whoever measures."""

    told: ClassVar[list[Plan]] = []

    def _process_log_message(self, fields: dict[str, str], last_query: str) -> None:
        _, found, text = fields.get("M", "").partition("plan:\n")
        if found:
            self.told.append(plan(text))
        super()._process_log_message(fields, last_query)


class Ear:
    """The plans of one call after another."""

    def __init__(self, database: Database) -> None:
        """Listen to the one connection of this pool."""
        self.database = database

    def take(self) -> list[Plan]:
        """What ran since the last look; the last one is what was called, the others in it."""
        plans = Heard.told[:]
        Heard.told.clear()
        return plans


@asynccontextmanager
async def listening(admin_url: str, app_url: str, role: str) -> AsyncIterator[Ear]:
    """Open the database as the runtime role, every plan explained.

    Args:
        admin_url: a superuser, in the same database.
        app_url: the runtime role.
        role: its name.
    """
    admin = await asyncpg.connect(admin_url)
    name = await admin.fetchval("select current_database()")
    try:
        for setting, value in EXPLAINING.items():
            await admin.execute(f"alter role {role} in database {name} set {setting} = '{value}'")
        pool = await asyncpg.create_pool(
            app_url, min_size=1, max_size=1, init=prepare, connection_class=Heard
        )
        try:
            yield Ear(Database(pool, app_url))
        finally:
            await pool.close()
    finally:
        await admin.execute(f"alter role {role} in database {name} reset all")
        await admin.close()


def plan(text: str) -> Plan:
    """What auto_explain says of one statement, in JSON."""
    told = msgspec.json.decode(text)
    root = told["Plan"]
    nodes = list(_nodes(root))
    return Plan(
        statement=" ".join(told["Query Text"].split()),
        buffers=_pages(root),
        widest=max(round(node["Actual Rows"] * node["Actual Loops"]) for node in nodes),
        indexes=frozenset(node["Index Name"] for node in nodes if "Index Name" in node),
        whole=frozenset(
            node["Relation Name"]
            for node in nodes
            if node["Node Type"] == "Seq Scan" and _pages(node) > FEW_PAGES * node["Actual Loops"]
        ),
    )


def _pages(node: dict[str, Any]) -> int:
    return int(node.get("Shared Hit Blocks", 0) + node.get("Shared Read Blocks", 0))


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)
