"""`hudhud escalation INBOX`: when an inbox gives to people, and what it says of itself (S7)."""

from __future__ import annotations

import getpass
from typing import Any

import typer

from hudhud.cli.running import AsJson, print_json, print_table, with_database
from hudhud.errors import NotFoundError
from hudhud.settings import Settings

Keywords = typer.Option(None, "--keyword", help="A word that calls a person; name all of them.")
Desks = typer.Option(None, "--desk", help="REASON=CODE; an empty code: the usual desk.")
Texts = typer.Option(None, "--say", help="NAME=TEXT: greeting_ar, greeting_en, away_ar, away_en.")


def escalation(
    key: str = typer.Argument(help="Key of the inbox, the end of its webhook address."),
    *,
    enabled: bool | None = typer.Option(None, help="Whether it is decided at all."),
    threshold: float | None = typer.Option(
        None, help="Least confidence of an answer that is sent, 0 to 1."
    ),
    keyword: list[str] | None = Keywords,
    desk: list[str] | None = Desks,
    hand_back_minutes: int | None = typer.Option(
        None, help="Minutes of silence after which the assistant answers again; 0: never."
    ),
    say: list[str] | None = Texts,
    greeting_days: int | None = typer.Option(None, help="Greet again after days; 0: never."),
    away_answers: bool | None = typer.Option(
        None, help="Whether the assistant answers outside of the hours."
    ),
    as_json: bool = AsJson,
) -> None:
    """Change when people take over in one inbox, and show it; without any option only show it."""
    welcome: dict[str, Any] = _pairs(say, "--say")
    welcome |= {} if greeting_days is None else {"greeting_days": greeting_days}
    welcome |= {} if away_answers is None else {"away_answers": away_answers}
    chosen: dict[str, Any] = {
        "escalation_enabled": enabled,
        "escalation_threshold": threshold,
        "escalation_keywords": keyword or None,
        "welcome": welcome or None,
    }
    chosen = {name: value for name, value in chosen.items() if value is not None}
    if hand_back_minutes is not None:
        chosen["hand_back_minutes"] = hand_back_minutes or None

    async def deed(_settings: Settings, database: Any) -> dict[str, Any]:
        import msgspec  # noqa: PLC0415 - `--help` must not wait for it

        from hudhud.core.desks import settings  # noqa: PLC0415 - the same
        from hudhud.store import inboxes  # noqa: PLC0415 - the same

        async with database.reading() as connection:
            inbox = await inboxes.by_key(connection, key)
        if inbox is None:
            raise NotFoundError(f"Inbox {key!r}; see hudhud inbox list.")
        where = (database, inbox.merchant_id, inbox.id)
        told = dict(chosen)
        if desk:
            known = (await settings.read(*where)).escalation_desks
            told["escalation_desks"] = {**known, **_pairs(desk, "--desk")}
        now = await settings.change(*where, told, actor=f"cli:{getpass.getuser()}")
        return dict(msgspec.to_builtins(now))

    told = with_database(deed)
    if as_json:
        print_json(told)
        return
    welcome = told.pop("welcome")
    print_table(
        ("Setting", "Value"),
        [(name, _value(value)) for name, value in (told | welcome).items()],
        "",
    )


def _pairs(texts: list[str] | None, hint: str) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts or ()]
    if not all(found and name for name, found, _ in pairs):
        raise typer.BadParameter("must read NAME=VALUE", param_hint=hint)
    return {name: value for name, _, value in pairs}


def _value(value: object) -> object:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {code}" for name, code in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "never" if value is None else value
