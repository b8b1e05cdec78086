"""Plays scripts with a draft and with what answers now, and keeps what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import msgspec

from hudhud.core.assistants.asked import fingerprint
from hudhud.core.outside.breakers import Breakers
from hudhud.core.rehearsing.comparing import compared
from hudhud.core.rehearsing.playing import Stage, play
from hudhud.core.rehearsing.result import Compared, Rehearsed
from hudhud.core.rehearsing.script import SCRIPTS_MAX, Script, read_script
from hudhud.errors import BadInputError, NotFoundError, SpendExceededError
from hudhud.events import emit
from hudhud.model import Assistant, Product
from hudhud.settings import Settings
from hudhud.store import assistants, catalogue
from hudhud.store.assistants import rehearsals, versions
from hudhud.store.assistants.newcomer import known_of_newcomer
from hudhud.store.pool import Database

RUNS_MAX = 10
# Whoever asks a model answers otherwise each time.
RUNS_OF_MODELS = 3
SPENT = "spend_exceeded"


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """Who plays: the draft, or what answers now where there is none, and what it is set beside."""

    draft: Assistant
    published: Assistant | None


async def cast(database: Database, merchant_id: int, assistant_id: int) -> Cast:
    """The draft of an assistant beside what answers now; without a draft the latter alone.

    Raises:
        NotFoundError: this merchant has no such assistant.
    """
    async with database.reading(merchant_id) as connection:
        now = await assistants.by_id(connection, assistant_id)
        if now is None:
            raise NotFoundError(f"Assistant {assistant_id}.")
        draft = await versions.numbered(connection, now, None)
    return Cast(draft=draft.assistant if draft else now, published=now if draft else None)


async def rehearse(
    database: Database,
    settings: Settings,
    breakers: Breakers,
    who: Cast,
    scripts: Sequence[Script],
    *,
    runs: int | None = None,
    told: Callable[[int], Awaitable[None]] | None = None,
) -> Rehearsed:
    """Play every script with both, and judge them.

    Args:
        database: the pool; nothing is written.
        settings: deadlines, and what assistants leave open.
        breakers: of this process.
        who: the draft, and what answers now.
        scripts: the conversations.
        runs: how often each is played; None: once, `RUNS_OF_MODELS` times where a model answers.
        told: hears after each script how many there were.

    Raises:
        BadInputError: no script, or too many; or so many runs.
        StoreUnavailableError: PostgreSQL stayed away.

    Where the merchant's day is spent meanwhile, it stops there and says so.
    """
    if not 0 < len(scripts) <= SCRIPTS_MAX:
        raise BadInputError(f"Give 1 to {SCRIPTS_MAX} scripts.")
    times = _runs(who) if runs is None else runs
    if not 0 < times <= RUNS_MAX:
        raise BadInputError(f"A script is played 1 to {RUNS_MAX} times.")
    merchant_id = who.draft.merchant_id
    known = await known_of_newcomer(database, merchant_id, who.draft.id)
    stage = Stage(database, settings, breakers, merchant_id, known)
    made: list[Compared] = []
    for script in scripts:
        before = None
        try:
            after = [await play(stage, who.draft, script) for _ in range(times)]
            if who.published is not None:
                before = [await play(stage, who.published, script) for _ in range(times)]
        except SpendExceededError:
            return Rehearsed(scripts=made, runs=times, stopped=SPENT)
        priced = await _priced(database, merchant_id, script)
        made.append(compared(script, after, before, priced))
        if told is not None:
            await told(len(made))
    return Rehearsed(scripts=made, runs=times)


async def rehearse_kept(
    database: Database,
    settings: Settings,
    breakers: Breakers,
    merchant_id: int,
    assistant_id: int,
    *,
    by: str,
    runs: int | None = None,
    heard: Callable[[int], Awaitable[None]] | None = None,
) -> Rehearsed:
    """Play the scripts that the assistant keeps, telling how far it is, and keep what came of it.

    Raises:
        NotFoundError: this merchant has no such assistant.
        BadInputError: it keeps no script, or one of them is none any more.
        StoreUnavailableError: PostgreSQL stayed away.
    """
    who = await cast(database, merchant_id, assistant_id)
    async with database.reading(merchant_id) as connection:
        kept = await rehearsals.scripts(connection, assistant_id)
    scripts = [read_script(one.body) for one in kept]
    async with database.deed(merchant_id) as connection:
        rehearsal_id = await rehearsals.begin(
            connection,
            merchant_id,
            assistant_id,
            fingerprint=fingerprint(who.draft),
            by=by,
            wanted=len(scripts),
        )

    async def told(played: int) -> None:
        async with database.deed(merchant_id) as connection:
            await rehearsals.tell(connection, rehearsal_id, played=played)
        if heard is not None:
            await heard(played)

    made = await rehearse(database, settings, breakers, who, scripts, runs=runs, told=told)
    async with database.deed(merchant_id) as connection:
        await rehearsals.end(
            connection, rehearsal_id, regressed=made.regressed, result=msgspec.to_builtins(made)
        )
    if heard is not None:
        await heard(len(scripts))
    emit(
        "assistant.rehearsed",
        assistant=assistant_id,
        regressed=made.regressed,
        failed=made.failed,
        stopped=made.stopped,
    )
    return made


def _runs(who: Cast) -> int:
    both = [one for one in (who.draft, who.published) if one is not None]
    return 1 if all(one.responder == "catalogue" for one in both) else RUNS_OF_MODELS


async def _priced(database: Database, merchant_id: int, script: Script) -> dict[str, Product]:
    wanted = {burst.expects.price_of for burst in script.turns} - {""}
    found: dict[str, Product] = {}
    async with database.reading(merchant_id) as connection:
        for sku in sorted(wanted):
            product = await catalogue.by_sku(connection, merchant_id, sku)
            if product is not None:
                found[sku] = product
    return found
