"""Whether a PostgreSQL may be trusted with messages: asked once, judged purely."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from hudhud.errors import StoreUnfitError
from hudhud.store.pool import Database

SUPPORTED_FROM = 15
QUESTION = """
select current_setting('server_version') as version,
    current_setting('server_version_num')::integer / 10000 as major,
    pg_is_in_recovery() as replica,
    current_setting('fsync') as fsync,
    current_setting('full_page_writes') as full_page_writes,
    current_setting('synchronous_commit') as synchronous_commit"""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a server says of itself; the settings are those that hold for the runtime role."""

    version: str
    major: int
    replica: bool
    fsync: str
    full_page_writes: str
    synchronous_commit: str


async def ask(database: Database) -> Facts:
    """Ask the server that is connected.

    Raises:
        StoreUnavailableError: it does not answer.
    """
    (row,) = await database.call(QUESTION)
    return Facts(**row)


async def refuse_unfit(database: Database) -> Facts:
    """Stop a start on a server that would lose messages; there is no way around it.

    Returns: what a fit server says of itself.

    Raises:
        StoreUnfitError: with every reason, and what to do about each.
        StoreUnavailableError: it does not answer.
    """
    facts = await ask(database)
    if reasons := tuple(unfit(facts)):
        raise StoreUnfitError(" ".join(reasons))
    return facts


def unfit(facts: Facts) -> Iterator[str]:
    """Every reason against this server, as a sentence that says what to do; pure."""
    if facts.major < SUPPORTED_FROM:
        yield f"It is PostgreSQL {facts.version}; {SUPPORTED_FROM} is the oldest that will do."
    if facts.replica:
        yield "It is a read-only replica; name its primary in HUDHUD_DATABASE_URL."
    if facts.fsync == "off":
        yield "fsync is off, so a power cut loses or breaks everything; turn it on."
    if facts.full_page_writes == "off":
        yield "full_page_writes is off, so a power cut leaves torn pages; turn it on."
    if facts.synchronous_commit == "off":
        yield (
            "synchronous_commit is off, so a crash loses messages that were answered 200; turn it "
            "on, for the database and for the role."
        )
