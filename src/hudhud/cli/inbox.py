"""`hudhud inbox add|list|set|test`; `qr`, `connect` and `webhook` stand in `linking/`."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

import typer

from hudhud.cli.linking.own_url import webhook
from hudhud.cli.linking.qr import connect, qr
from hudhud.cli.running import AsJson, OfMerchant, print_json, print_table, with_database
from hudhud.errors import BadInputError, NotFoundError
from hudhud.settings import Settings
from hudhud.text import fold, visible

app = typer.Typer(help="Inboxes: one account on a channel each, as a WhatsApp number.")
app.command("qr")(qr)
app.command("connect")(connect)
app.command("webhook")(webhook)
FILE_BYTES_MAX = 16 * 1024
SHOWN = ("id", "key", "channel", "name", "account", "webhook_url")
MARKS = {True: "✓", False: "✗", None: "?"}


@app.command("add")
def add(
    channel: str = typer.Argument(
        help="The channel: whatsapp, instagram, messenger, evolution, webchat."
    ),
    name: str = typer.Argument(help="Name as operators read it."),
    *,
    options: list[str] = typer.Option(  # noqa: B008 - typer's way
        [], "--set", help="NAME=VALUE, or NAME=@FILE to keep a secret off the command line."
    ),
    merchant: str | None = OfMerchant,
    assistant: str | None = typer.Option(None, help="Who answers; by default the first one."),
    as_json: bool = AsJson,
) -> None:
    """Connect an account, and print the webhook address to give to the provider."""
    given = dict(_option(text) for text in options)

    async def deed(settings: Settings, database: Any) -> dict[str, Any]:
        from hudhud.core.connecting.wanted import completed  # noqa: PLC0415 - `--help` is quick
        from hudhud.core.secrets import vault_of  # noqa: PLC0415 - the same
        from hudhud.core.setting_up import connect_inbox  # noqa: PLC0415 - the same
        from hudhud.store import merchants  # noqa: PLC0415 - the same

        async with database.reading() as connection:
            owner = await merchants.named(connection, merchant)
        made = await connect_inbox(
            database,
            vault_of(settings),
            owner.id,
            channel=channel,
            name=name,
            given=(whole := completed(channel, given)),
            assistant=assistant,
        )
        # What we made is said this one time: the provider copies it.
        return {**_shown(settings, made), **{n: whole[n] for n in sorted(set(whole) - set(given))}}

    told = with_database(deed)
    if as_json:
        print_json(told)
        return
    if channel == "webchat":
        script = told["webhook_url"].replace("/webhooks/webchat/", "/chat/")
        typer.echo(f"Inbox {told['id']} is connected. Put this line into the pages of the site:")
        typer.echo(f'<script src="{script}/widget.js" async></script>')
    else:
        typer.echo(f"Inbox {told['id']} is connected. Give the provider this webhook address:")
        typer.echo(told["webhook_url"])
    for made in sorted(set(told) - set(SHOWN)):
        typer.echo(f"and this {made}, which is not shown again: {told[made]}")
    typer.echo(f"Then try it: hudhud inbox test {told['key']}")


@app.command("list")
def list_them(*, merchant: str | None = OfMerchant, as_json: bool = AsJson) -> None:
    """List a merchant's inboxes and their webhook addresses."""

    async def deed(settings: Settings, database: Any) -> list[dict[str, Any]]:
        from hudhud.store import inboxes, merchants  # noqa: PLC0415 - `--help` must not wait

        async with database.reading() as connection:
            owner = await merchants.named(connection, merchant)
        async with database.reading(owner.id) as connection:
            rows = await inboxes.of_merchant(connection, owner.id)
        return [_shown(settings, row) for row in rows]

    told = with_database(deed)
    if as_json:
        print_json(told)
        return
    print_table(
        ("Id", "Channel", "Name", "Account", "Webhook"),
        [(t["id"], t["channel"], t["name"], t["account"], t["webhook_url"]) for t in told],
        "No inbox yet. Connect one: hudhud inbox add whatsapp NAME --set phone_number_id=…",
    )


@app.command("set")
def change(
    key: str = typer.Argument(help="Key of the inbox, the end of its webhook address."),
    *,
    window_s: float | None = typer.Option(
        None, help="Seconds from a first message until its batch is answered."
    ),
    batch_max: int | None = typer.Option(None, help="Messages at which a batch is due at once."),
    absorb: bool | None = typer.Option(
        None, help="Make an unsent answer again, once, with messages that came meanwhile."
    ),
    sends_per_s: float | None = typer.Option(
        None, help="Messages a second that the provider grants this number; 0: as for every inbox."
    ),
    options: list[str] = typer.Option(  # noqa: B008 - typer's way
        [], "--set", help="NAME=VALUE of an option of its channel, or NAME=@FILE, as at `add`."
    ),
    as_json: bool = AsJson,
) -> None:
    """Change settings or options of an inbox, and show the settings; without any only show them."""
    changed = dict(_option(text) for text in options)

    async def deed(settings: Settings, database: Any) -> dict[str, Any]:
        import msgspec  # noqa: PLC0415 - `--help` must not wait for it

        from hudhud.core import inbox_settings  # noqa: PLC0415 - the same
        from hudhud.core.connecting.changing import change_options  # noqa: PLC0415 - the same
        from hudhud.core.secrets import vault_of  # noqa: PLC0415 - the same
        from hudhud.store import inboxes  # noqa: PLC0415 - the same

        async with database.reading() as connection:
            inbox = await inboxes.by_key(connection, key)
        if inbox is None:
            raise NotFoundError(f"Inbox {key!r}; see hudhud inbox list.")
        chosen = {
            "window_ms": None if window_s is None else round(window_s * 1000),
            "batch_max": batch_max,
            "absorb": absorb,
            "sends_per_s": sends_per_s,
        }
        actor = f"cli:{getpass.getuser()}"
        if changed:
            vault = vault_of(settings)
            where = (inbox.merchant_id, inbox.id)
            await change_options(database, vault, *where, changed, actor=actor)
        given: dict[str, Any] = {n: value for n, value in chosen.items() if value is not None}
        if sends_per_s == 0:
            given["sends_per_s"] = None
        now = await inbox_settings.change(database, inbox.merchant_id, inbox.id, given, actor=actor)
        told: dict[str, Any] = msgspec.to_builtins(now)
        return {"window_s": told.pop("window_ms") / 1000, **told}

    told = with_database(deed)
    if as_json:
        print_json(told)
    else:
        print_table(("Setting", "Value"), [(n, _value(v)) for n, v in told.items()], "")


@app.command("test")
def try_live(
    name: str = typer.Argument(
        help="Name of the inbox, or its key: the end of its webhook address."
    ),
    *,
    language: str | None = typer.Option(
        None, help="ar or en; by default that of the installation (HUDHUD_LANGUAGE)."
    ),
    as_json: bool = AsJson,
) -> None:
    """Try an inbox live, step by step, and say what to do next; 1 when a step does not hold."""

    async def deed(settings: Settings, database: Any) -> list[dict[str, Any]]:
        from hudhud.core.breaker import Policy  # noqa: PLC0415 - `--help` must not wait for it
        from hudhud.core.connecting import opened  # noqa: PLC0415 - the same
        from hudhud.core.connecting.trying import tried  # noqa: PLC0415 - the same
        from hudhud.core.outside.breakers import Breakers  # noqa: PLC0415 - the same
        from hudhud.core.outside.session import http_session  # noqa: PLC0415 - the same
        from hudhud.core.secrets import vault_of  # noqa: PLC0415 - the same

        inbox = opened(vault_of(settings), await _named(database, name))
        # Breakers of its own: a person asks now, and wants to know now.
        async with http_session() as http:
            steps = await tried(database, http, Breakers(Policy()), settings, inbox)
        return [_told(step, language or settings.language) for step in steps]

    steps = with_database(deed)
    if as_json:
        print_json(steps)
    else:
        for step in steps:
            typer.echo(f"{MARKS[step['holds']]} {step['title']}: {step['sentence']}")
            if step["said"] and not step["holds"]:
                typer.echo(f"    {visible(step['said'])}")
    if any(step["holds"] is False for step in steps):
        raise typer.Exit(1)


async def _named(database: Any, name: str) -> Any:
    """The inbox with this key, else the only one of the installation with this name.

    Raises:
        NotFoundError: there is none, or there are several of that name.
    """
    from hudhud.store import inboxes, merchants  # noqa: PLC0415 - `--help` must not wait for it

    async with database.reading() as connection:
        if (found := await inboxes.by_key(connection, name)) is not None:
            return found
        owners = await merchants.listed(connection)
    alike = []
    for owner in owners:
        async with database.reading(owner.id) as connection:
            rows = await inboxes.of_merchant(connection, owner.id)
        alike += [row for row in rows if fold(row.name) == fold(name)]
    if len(alike) == 1:
        return alike[0]
    several = "several have this name; take the key" if alike else "there is none"
    raise NotFoundError(f"Inbox {name!r}: {several}. See hudhud inbox list.")


def _told(step: Any, language: str) -> dict[str, Any]:
    from datetime import UTC, datetime  # noqa: PLC0415 - `--help` must not wait for it

    from hudhud.web.saying import Saying  # noqa: PLC0415 - the same

    say = Saying("ar" if language == "ar" else "en", "latin", "UTC", datetime.now(UTC))
    title, sentence = say.step(step)
    return {**step._asdict(), "title": title, "sentence": sentence}


def _option(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found or not name:
        # The text may be a secret whose name was forgotten; it is not repeated.
        raise typer.BadParameter("must read NAME=VALUE", param_hint="--set")
    if not value.startswith("@"):
        return name, value
    try:
        with Path(value[1:]).open(encoding="utf-8") as file:
            return name, file.read(FILE_BYTES_MAX).strip()
    except (OSError, UnicodeDecodeError):
        raise BadInputError(f"The file given for {name} cannot be read.") from None


def _value(value: object) -> object:
    if isinstance(value, bool):
        return "on" if value else "off"
    return "as for every inbox" if value is None else value


def _shown(settings: Settings, inbox: Any) -> dict[str, Any]:
    return {
        "id": inbox.id,
        "key": inbox.key,
        "channel": inbox.channel,
        "name": inbox.name,
        "account": inbox.account,
        "webhook_url": f"{settings.webhook_base_url}/{inbox.channel}/{inbox.key}",
    }
