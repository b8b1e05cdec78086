"""`/desks`, `/hours`, `/bookings`, `/inboxes/ID/escalation`: people and their time."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from hudhud.core.desks import booking, settings, teams
from hudhud.core.hours import planning
from hudhud.model import Plan
from hudhud.store import operators
from hudhud.store.desks.desks import Desk
from hudhud.web.api.bearer import body_of, context_of, id_of, json, operator_of, query_of
from hudhud.web.api.dead_letters import Nothing

Text = Annotated[str, msgspec.Meta(max_length=1000)]
UNSET = msgspec.UNSET


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Fields of a desk; `members` are the addresses of operators."""

    code: Text = ""
    name_ar: Text | msgspec.UnsetType = UNSET
    name_en: Text | msgspec.UnsetType = UNSET
    active: bool | msgspec.UnsetType = UNSET
    usual: bool | msgspec.UnsetType = UNSET
    slot_minutes: int | msgspec.UnsetType | None = UNSET
    slot_places: int | msgspec.UnsetType = UNSET
    members: list[Text] | msgspec.UnsetType = UNSET


class Whose(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of one desk, by its code; empty: of the merchant."""

    desk: Text = ""


class Timed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hours to be set; `plan` null takes them away. The calendar is the merchant's."""

    desk: Text = ""
    plan: Plan | msgspec.UnsetType | None = UNSET
    timezone: Text | msgspec.UnsetType = UNSET
    dates: Text | msgspec.UnsetType = UNSET
    hijri_days: int | msgspec.UnsetType = UNSET


class Escalating(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of one inbox, by the names that the page has; what is not named stays."""

    escalation_enabled: bool | msgspec.UnsetType = UNSET
    escalation_threshold: float | msgspec.UnsetType = UNSET
    escalation_keywords: list[Text] | msgspec.UnsetType = UNSET
    escalation_desks: dict[str, Text] | msgspec.UnsetType = UNSET
    hand_back_minutes: int | msgspec.UnsetType | None = UNSET
    welcome: dict[str, Any] | msgspec.UnsetType = UNSET


async def listed(request: Request) -> Response:
    """Every desk with its members."""
    found = await teams.listed(context_of(request).database, operator_of(request).merchant_id)
    return json({"desks": [await _shown(request, desk) for desk in found]})


async def add(request: Request) -> Response:
    """Make a desk."""
    wanted = await body_of(request, Wanted)
    chosen = await _chosen(request, wanted)
    database, merchant_id = context_of(request).database, operator_of(request).merchant_id
    made = await teams.add(database, merchant_id, wanted.code, chosen, actor=_actor(request))
    return json(await _shown(request, made), 201)


async def change(request: Request) -> Response:
    """Change a desk."""
    chosen = await _chosen(request, await body_of(request, Wanted))
    database, merchant_id = context_of(request).database, operator_of(request).merchant_id
    code = request.path_params["code"]
    made = await teams.change(database, merchant_id, code, chosen, actor=_actor(request))
    return json(await _shown(request, made))


async def hours(request: Request) -> Response:
    """The plan, the calendar, and how it stands now."""
    return await _hours(request, query_of(request, Whose).desk)


async def set_hours(request: Request) -> Response:
    """Set a plan, the calendar, or both."""
    wanted = await body_of(request, Timed)
    database, merchant_id = context_of(request).database, operator_of(request).merchant_id
    names = ("timezone", "dates", "hijri_days")
    calendar = {n: v for n in names if (v := getattr(wanted, n)) is not UNSET}
    if wanted.plan is not UNSET:
        await planning.change(
            *(database, merchant_id, wanted.desk, wanted.plan), actor=_actor(request)
        )
    if calendar:
        await planning.set_calendar(database, merchant_id, calendar, actor=_actor(request))
    return await _hours(request, wanted.desk)


async def booked(request: Request) -> Response:
    """What is booked from now on."""
    context, merchant_id = context_of(request), operator_of(request).merchant_id
    desk = query_of(request, Whose).desk or None
    coming = await booking.coming(context.database, merchant_id, context.clock(), desk)
    return json({"bookings": msgspec.to_builtins(coming)})


async def cancel(request: Request) -> Response:
    """Cancel an appointment."""
    await body_of(request, Nothing)
    database, merchant_id = context_of(request).database, operator_of(request).merchant_id
    gone = await booking.cancel(database, merchant_id, id_of(request), actor=_actor(request))
    return json(msgspec.to_builtins(gone))


async def escalation(request: Request) -> Response:
    """When an inbox gives to people, and what it says of itself."""
    database, merchant_id = context_of(request).database, operator_of(request).merchant_id
    return json(msgspec.to_builtins(await settings.read(database, merchant_id, id_of(request))))


async def set_escalation(request: Request) -> Response:
    """Change some of it."""
    told = msgspec.to_builtins(await body_of(request, Escalating))
    database, merchant_id = context_of(request).database, operator_of(request).merchant_id
    now = await settings.change(
        *(database, merchant_id, id_of(request), told), actor=_actor(request)
    )
    return json(msgspec.to_builtins(now))


def _actor(request: Request) -> str:
    return f"operator:{operator_of(request).id}"


async def _hours(request: Request, desk: str) -> Response:
    context, merchant_id = context_of(request), operator_of(request).merchant_id
    plan, calendar = await planning.read(context.database, merchant_id, desk or None)
    return json(planning.shown(plan, calendar, context.clock()))


async def _people(request: Request) -> list[Any]:
    merchant_id = operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        return list(await operators.of_merchant(connection, merchant_id))


async def _chosen(request: Request, wanted: Wanted) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(wanted)
    told.pop("code")
    if "members" in told:
        told["members"] = teams.members_of(told["members"], await _people(request))
    return told


async def _shown(request: Request, desk: Desk) -> dict[str, Any]:
    emails = [one.email for one in await _people(request) if one.id in desk.members]
    return {**msgspec.to_builtins(desk), "members": emails}
