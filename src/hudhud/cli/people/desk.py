"""`hudhud desk list|add|set|bookings|cancel`: where people take over."""

from __future__ import annotations

import getpass
from typing import Any

import typer

from hudhud.cli.running import AsJson, OfMerchant, print_json, print_table, with_merchant

app = typer.Typer(help="Desks: teams that take over, their members and their appointments.")
Code = typer.Argument(help="Code of the desk: small Latin letters, digits, - and _.")
English = typer.Option(None, "--english", help="Name in English.")
Members = typer.Option(None, "--member", help="Address of an operator; once for each.")
Minutes = typer.Option(None, help="Minutes of one appointment; 0: nothing is booked here.")
Places = typer.Option(None, help="How many appointments at one time.")


@app.command("list")
def list_them(*, merchant: str | None = OfMerchant, as_json: bool = AsJson) -> None:
    """List desks and who sits there."""

    async def deed(database: Any, merchant_id: int) -> list[dict[str, Any]]:
        from hudhud.core.desks import teams  # noqa: PLC0415 - `--help` must not wait for it

        people = await _people(database, merchant_id)
        return [_shown(desk, people) for desk in await teams.listed(database, merchant_id)]

    found = with_merchant(merchant, deed)
    if as_json:
        print_json(found)
        return
    print_table(
        ("Code", "Name", "Members", "Usual", "Works", "Appointment"),
        [
            (
                desk["code"],
                desk["name_ar"],
                ", ".join(desk["members"]),
                "yes" if desk["usual"] else "",
                "yes" if desk["active"] else "no",
                f"{desk['slot_minutes']} min × {desk['slot_places']}"
                if desk["slot_minutes"]
                else "",
            )
            for desk in found
        ],
        "No desk yet. Make one: hudhud desk add CODE NAME",
    )


@app.command("add")
def add(
    code: str = Code,
    name: str = typer.Argument(help="Name as operators read it."),
    *,
    english: str | None = English,
    member: list[str] | None = Members,
    minutes: int | None = Minutes,
    places: int | None = Places,
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Make a desk; the first one takes all that no other is named for."""
    chosen = {"name_ar": name, **_chosen(english, minutes, places)}

    async def deed(database: Any, merchant_id: int) -> dict[str, Any]:
        from hudhud.core.desks import teams  # noqa: PLC0415 - `--help` must not wait for it

        people = await _people(database, merchant_id)
        told = {**chosen, "members": teams.members_of(member or (), people)}
        return _shown(await teams.add(database, merchant_id, code, told, actor=_actor()), people)

    _tell(with_merchant(merchant, deed), as_json=as_json)


@app.command("set")
def change(
    code: str = Code,
    *,
    name: str | None = typer.Option(None, help="Name as operators read it."),
    english: str | None = English,
    member: list[str] | None = Members,
    minutes: int | None = Minutes,
    places: int | None = Places,
    usual: bool = typer.Option(False, "--usual", help="It takes what no other is named for."),
    active: bool | None = typer.Option(None, help="Whether it takes anything at all."),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Change a desk; with --member, those and nobody else sit there from now on."""
    chosen = _chosen(english, minutes, places)
    chosen |= {"name_ar": name} if name is not None else {}
    chosen |= {"usual": True} if usual else {}
    chosen |= {"active": active} if active is not None else {}

    async def deed(database: Any, merchant_id: int) -> dict[str, Any]:
        from hudhud.core.desks import teams  # noqa: PLC0415 - `--help` must not wait for it

        people = await _people(database, merchant_id)
        told = {**chosen, "members": teams.members_of(member, people)} if member else chosen
        return _shown(await teams.change(database, merchant_id, code, told, actor=_actor()), people)

    _tell(with_merchant(merchant, deed), as_json=as_json)


@app.command("bookings")
def bookings(
    *,
    desk: str | None = typer.Option(None, help="Of this desk alone."),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """List the appointments to come, in the merchant's own time."""

    async def deed(database: Any, merchant_id: int) -> list[dict[str, Any]]:
        from datetime import UTC, datetime  # noqa: PLC0415 - `--help` must not wait for it

        import msgspec  # noqa: PLC0415 - the same

        from hudhud.core.desks import booking  # noqa: PLC0415 - the same
        from hudhud.core.hours import planning  # noqa: PLC0415 - the same
        from hudhud.core.hours.zones import zone_of  # noqa: PLC0415 - the same

        coming = await booking.coming(database, merchant_id, datetime.now(UTC), desk)
        _, calendar = await planning.read(database, merchant_id)
        zone = zone_of(calendar.timezone)
        return [
            {
                **msgspec.to_builtins(one),
                "at": f"{one.starts_at.astimezone(zone):%Y-%m-%d %H:%M}",
            }
            for one in coming
        ]

    found = with_merchant(merchant, deed)
    if as_json:
        print_json(found)
        return
    print_table(
        ("Id", "At", "Desk", "Name", "Note"),
        [(one["id"], one["at"], one["desk"], one["name"], one["note"]) for one in found],
        "No appointments ahead.",
    )


@app.command("cancel")
def cancel(
    booking_id: int = typer.Argument(help="Id of the appointment.", min=1),
    *,
    merchant: str | None = OfMerchant,
) -> None:
    """Cancel an appointment: its time is free again."""

    async def deed(database: Any, merchant_id: int) -> None:
        from hudhud.core.desks import booking  # noqa: PLC0415 - `--help` must not wait for it

        await booking.cancel(database, merchant_id, booking_id, actor=_actor())

    with_merchant(merchant, deed)
    typer.echo(f"Appointment {booking_id} is cancelled.")


async def _people(database: Any, merchant_id: int) -> list[Any]:
    from hudhud.store import operators  # noqa: PLC0415 - `--help` must not wait for it

    async with database.reading(merchant_id) as connection:
        return list(await operators.of_merchant(connection, merchant_id))


def _chosen(english: str | None, minutes: int | None, places: int | None) -> dict[str, Any]:
    told: dict[str, Any] = {} if english is None else {"name_en": english}
    if minutes is not None:
        told["slot_minutes"] = minutes or None
    return told if places is None else {**told, "slot_places": places}


def _shown(desk: Any, people: list[Any]) -> dict[str, Any]:
    import msgspec  # noqa: PLC0415 - `--help` must not wait for it

    emails = [one.email for one in people if one.id in desk.members]
    return {**msgspec.to_builtins(desk), "members": emails}


def _tell(desk: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(desk)
    else:
        typer.echo(f"Desk {desk['code']} has {', '.join(desk['members']) or 'nobody yet'}.")


def _actor() -> str:
    return f"cli:{getpass.getuser()}"
