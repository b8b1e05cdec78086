"""`/assistants`: what answers, its draft, its scripts, its publishing."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from hudhud.core.assistants import publishing
from hudhud.core.assistants.asked import differences, told
from hudhud.core.assistants.drafting import change_draft, drop_draft
from hudhud.core.rehearsing.keeping import keep_script
from hudhud.errors import NotFoundError
from hudhud.model import Assistant, Field
from hudhud.store import assistants
from hudhud.store.assistants import rehearsals, versions
from hudhud.web.api.bearer import body_of, context_of, id_of, json, operator_of
from hudhud.web.api.dead_letters import Nothing

VERSIONS_MAX = 50


class Drafted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole draft; `tools` null allows everything. Keys among the options are sealed."""

    responder: str
    instructions: str = ""
    options: dict[str, Any] = {}
    second_responder: str | None = None
    second_options: dict[str, Any] = {}
    fields: tuple[Field, ...] = ()
    tools: tuple[str, ...] | None = None


class Published(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`version` brings an older one back; without it the draft is published.

    `forced` is the reason for publishing although something became worse.
    """

    version: int | None = None
    forced: str = ""


class Scripted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One script, in YAML."""

    script: str


async def listed(request: Request) -> Response:
    """Every assistant of the merchant, as it answers now."""
    merchant_id = operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        found = await assistants.listed(connection, merchant_id)
    return json({"assistants": [told(one) for one in found]})


async def show(request: Request) -> Response:
    """One assistant, its draft, and how they differ."""
    merchant_id = operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        now = await assistants.by_id(connection, id_of(request))
        if now is None:
            raise NotFoundError(f"Assistant {id_of(request)}.")
        draft = await versions.numbered(connection, now, None)
        published = await versions.listed(connection, now, limit=VERSIONS_MAX)
        last = await rehearsals.newest(connection, now.id)
    changed = differences(now, draft.assistant) if draft else []
    shown: dict[str, Any] = {
        "published": told(now),
        "draft": told(draft.assistant) if draft else None,
        "changed": [part for part, _, _ in changed],
        "versions": [
            {"version": one.number, "published_at": one.published_at, "forced": one.forced}
            for one in published
        ],
        "rehearsal": _rehearsed(last),
    }
    return json(shown)


async def draft(request: Request) -> Response:
    """Put a whole draft in place of the one there is."""
    context, operator = context_of(request), operator_of(request)
    wanted = await body_of(request, Drafted)

    def changed(one: Assistant) -> Assistant:
        return msgspec.structs.replace(one, **msgspec.structs.asdict(wanted))

    made = await change_draft(
        *(context.database, context.settings, operator.merchant_id, id_of(request), changed),
        by=f"operator:{operator.id}",
    )
    return json(told(made))


async def drop(request: Request) -> Response:
    """Throw the draft away."""
    await drop_draft(context_of(request).database, operator_of(request).merchant_id, id_of(request))
    return Response(status_code=204)


async def publish(request: Request) -> Response:
    """Publish the draft, or bring an older version back."""
    database, operator = context_of(request).database, operator_of(request)
    wanted = await body_of(request, Published)
    by, assistant_id = f"operator:{operator.id}", id_of(request)
    number = wanted.version
    if number is None:
        number = await publishing.publish(
            database, operator.merchant_id, assistant_id, by=by, forced=wanted.forced
        )
    else:
        await publishing.publish_again(database, operator.merchant_id, assistant_id, number, by=by)
    return json({"version": number})


async def keep(request: Request) -> Response:
    """Keep a script, in place of one with its name."""
    wanted = await body_of(request, Scripted)
    made = await keep_script(
        context_of(request).database,
        operator_of(request).merchant_id,
        id_of(request),
        wanted.script,
    )
    return json({"name": made.name, "turns": len(made.turns)}, 201)


async def rehearse(request: Request) -> Response:
    """Play the scripts that are kept; answers when they are played."""
    # It brings the responders, which no start of the web needs.
    from hudhud.core.rehearsing.rehearse import rehearse_kept  # noqa: PLC0415 - the reason above

    await body_of(request, Nothing)
    context, operator = context_of(request), operator_of(request)
    made = await rehearse_kept(
        *(context.database, context.settings, context.breakers),
        *(operator.merchant_id, id_of(request)),
        by=f"operator:{operator.id}",
    )
    told = {"regressed": made.regressed, "failed": made.failed, "stopped": made.stopped}
    return json({**told, "scripts": made.scripts})


def _rehearsed(last: rehearsals.Rehearsal | None) -> dict[str, Any] | None:
    if last is None:
        return None
    shown = {"played": last.played, "wanted": last.wanted, "regressed": last.regressed}
    shown |= {"stopped": last.stopped}
    return {**shown, "asked_at": last.asked_at, "done_at": last.done_at}
