"""`hudhud hours show|set|holiday|calendar`: when the shop, or one desk, is open."""

from __future__ import annotations

import getpass
from typing import Any

import typer

from hudhud.cli.running import AsJson, OfMerchant, print_json, print_table, with_merchant

app = typer.Typer(help="Opening hours: the week, Ramadan, holidays, and the calendar.")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Days = typer.Argument(help="DAY=HOURS, as sat=9-13,16-22 or fri=closed; `every` is all seven.")
OfDesk = typer.Option(None, "--desk", help="Of this desk; by default the shop's.")


@app.command("show")
def show(
    *, desk: str | None = OfDesk, merchant: str | None = OfMerchant, as_json: bool = AsJson
) -> None:
    """Show the hours, and how they stand now."""
    _tell(with_merchant(merchant, _reading(desk)), as_json=as_json)


@app.command("set")
def change(
    days: list[str] = Days,
    *,
    ramadan: bool = typer.Option(False, help="Set the week of Ramadan instead of the usual one."),
    no_ramadan: bool = typer.Option(False, help="No other hours in Ramadan."),
    desk: str | None = OfDesk,
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Set days of the week; days that are not named stay as they are."""

    async def deed(database: Any, merchant_id: int) -> Any:
        import msgspec  # noqa: PLC0415 - `--help` must not wait for it

        from hudhud.core.hours import planning  # noqa: PLC0415 - the same
        from hudhud.model import Plan  # noqa: PLC0415 - the same

        stored, _ = await planning.read(database, merchant_id, desk)
        plan = stored or Plan()
        week = _week((plan.ramadan or plan.week) if ramadan else plan.week, days)
        name = "ramadan" if ramadan else "week"
        plan = msgspec.structs.replace(plan, **{name: week})
        if no_ramadan:
            plan = msgspec.structs.replace(plan, ramadan=None)
        await planning.change(database, merchant_id, desk, plan, actor=_actor())
        return await _reading(desk)(database, merchant_id)

    _tell(with_merchant(merchant, deed), as_json=as_json)


@app.command("holiday")
def holiday(
    first: str = typer.Argument(help="2026-03-20, or 10-01 for every year."),
    last: str = typer.Argument("", help="The last day; without it, it is one day."),
    *,
    name: str = typer.Option("", help="What it is called."),
    hijri: bool = typer.Option(False, help="Days of the Hijri calendar: Eid is 10-01 10-03."),
    remove: bool = typer.Option(False, "--remove", help="Take it away."),
    desk: str | None = OfDesk,
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Add days on which nobody is there, or take them away."""

    async def deed(database: Any, merchant_id: int) -> Any:
        import msgspec  # noqa: PLC0415 - `--help` must not wait for it

        from hudhud.core.hours import planning, typed  # noqa: PLC0415 - the same
        from hudhud.model import Plan  # noqa: PLC0415 - the same

        stored, _ = await planning.read(database, merchant_id, desk)
        plan = stored or Plan()
        one = typed.holiday_of(first, last, name_ar=name, hijri=hijri)
        same = (one.first, one.last, one.hijri)
        kept = tuple(h for h in plan.holidays if (h.first, h.last, h.hijri) != same)
        holidays = kept if remove else (*kept, one)
        plan = msgspec.structs.replace(plan, holidays=holidays)
        await planning.change(database, merchant_id, desk, plan, actor=_actor())
        return await _reading(desk)(database, merchant_id)

    _tell(with_merchant(merchant, deed), as_json=as_json)


@app.command("calendar")
def calendar(
    *,
    timezone: str | None = typer.Option(None, help="As Asia/Baghdad."),
    dates: str | None = typer.Option(None, help="gregorian, hijri or both."),
    hijri_days: int | None = typer.Option(
        None, help="Days by which the moon is seen later than Umm al-Qura: -2 to 2."
    ),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Set the clock and the calendar that hours and dates go by."""
    told = {"timezone": timezone, "dates": dates, "hijri_days": hijri_days}
    chosen = {key: value for key, value in told.items() if value is not None}

    async def deed(database: Any, merchant_id: int) -> Any:
        from hudhud.core.hours import planning  # noqa: PLC0415 - `--help` must not wait for it

        await planning.set_calendar(database, merchant_id, chosen, actor=_actor())
        return await _reading(None)(database, merchant_id)

    _tell(with_merchant(merchant, deed), as_json=as_json)


def _week(week: Any, days: list[str]) -> Any:
    from hudhud.core.hours import typed  # noqa: PLC0415 - `--help` must not wait for it

    told = list(week)
    for text in days:
        day, found, hours = text.partition("=")
        if not found or day not in (*DAYS, "every"):
            raise typer.BadParameter("DAY=HOURS, a day of mon … sun or every", param_hint="DAYS")
        for place in range(7) if day == "every" else (DAYS.index(day),):
            told[place] = typed.spans_of(hours)
    return tuple(told)


def _reading(desk: str | None) -> Any:
    async def deed(database: Any, merchant_id: int) -> dict[str, Any]:
        from datetime import UTC, datetime  # noqa: PLC0415 - `--help` must not wait for it

        from hudhud.core.hours import planning, typed  # noqa: PLC0415 - the same

        plan, known = await planning.read(database, merchant_id, desk)
        shown = planning.shown(plan, known, datetime.now(UTC))
        weeks = {} if plan is None else {"week": plan.week, "ramadan": plan.ramadan}
        typed_as = {n: [typed.written(d) for d in week] for n, week in weeks.items() if week}
        return {**shown, "typed": typed_as}

    return deed


def _tell(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(told)
        return
    weeks = told["typed"]
    ramadan = weeks.get("ramadan") or [""] * 7
    print_table(
        ("Day", "Usually", "In Ramadan"),
        [
            (day, weeks["week"][place] or "closed", ramadan[place] or None)
            for place, day in enumerate(DAYS)
            if weeks
        ],
        "No hours yet. Set them: hudhud hours set every=9-17 fri=closed sat=closed",
    )
    for one in (told["plan"] or {}).get("holidays", ()):
        calendar = "Hijri" if one.get("hijri") else "Gregorian"
        typer.echo(f"closed {one['first']} to {one['last']} ({calendar}) {one.get('name_ar', '')}")
    typer.echo(f"{told['timezone']}, dates {told['dates']}, moon {told['hijri_days']:+} days")
    if told["now"]:
        typer.echo(f"{told['now']['now_en']}.")


def _actor() -> str:
    return f"cli:{getpass.getuser()}"
