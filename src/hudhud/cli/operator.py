"""`hudhud operator add|list|link|token|tokens|revoke`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import typer

from hudhud.cli.running import AsJson, OfMerchant, print_json, print_table, with_database
from hudhud.settings import Settings

app = typer.Typer(help="Operators: the people who sign in to the console.")


@app.command("add")
def add(
    email: str = typer.Argument(help="Address by which they sign in."),
    name: str = typer.Argument(help="Name as colleagues and customers read it."),
    *,
    language: str = typer.Option("ar", help="ar or en."),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Add an operator, and print the one-time link by which they come in."""
    if email.count("@") != 1:
        raise typer.BadParameter("an e-mail address", param_hint="EMAIL")
    if language not in ("ar", "en"):
        raise typer.BadParameter("ar or en", param_hint="--language")

    async def deed(settings: Settings, database: Any) -> str:
        from hudhud.core.setting_up import add_operator  # noqa: PLC0415 - `--help` must not wait
        from hudhud.store import merchants  # noqa: PLC0415 - the same

        async with database.reading() as connection:
            owner = await merchants.named(connection, merchant)
        await add_operator(database, owner.id, email=email, name=name, language=language)
        return await _link(settings, database, email)

    _tell(email, with_database(deed), as_json=as_json)


@app.command("list")
def list_them(*, merchant: str | None = OfMerchant, as_json: bool = AsJson) -> None:
    """List a merchant's operators by the address with which they sign in."""

    async def deed(_settings: Settings, database: Any) -> list[Any]:
        from hudhud.store import merchants, operators  # noqa: PLC0415 - `--help` must not wait

        async with database.reading() as connection:
            owner = await merchants.named(connection, merchant)
        async with database.reading(owner.id) as connection:
            return await operators.of_merchant(connection, owner.id)

    found = with_database(deed)
    if as_json:
        print_json(found)
        return
    print_table(
        ("E-mail", "Name", "Language", "Password"),
        [(o.email, o.name, o.language, "set" if o.has_password else "none yet") for o in found],
        "No operator yet. Add one: hudhud operator add EMAIL NAME",
    )


@app.command("link")
def link(
    email: str = typer.Argument(help="Whose."),
    *,
    as_json: bool = AsJson,
) -> None:
    """Make a new one-time sign-in link; it works once, for a day."""

    async def deed(settings: Settings, database: Any) -> str:
        return await _link(settings, database, email)

    _tell(email, with_database(deed), as_json=as_json)


@app.command("token")
def token(
    email: str = typer.Argument(help="Whose: the token may do what they may."),
    *,
    name: str = typer.Option("api", help="What it is for, to tell it from others."),
    as_json: bool = AsJson,
) -> None:
    """Make a token for the API; it is shown once, and good until it is revoked."""

    async def deed(settings: Settings, database: Any) -> str:
        from hudhud.core.setting_up import api_token  # noqa: PLC0415 - `--help` must not wait

        return await api_token(database, settings.secret_key, email, name=name)

    made = with_database(deed)
    if as_json:
        print_json({"email": email, "name": name, "token": made})
    else:
        typer.echo(f"{made}\nThis is shown once. Use it as: Authorization: Bearer TOKEN")


@app.command("tokens")
def tokens(email: str = typer.Argument(help="Whose."), *, as_json: bool = AsJson) -> None:
    """List an operator's tokens by id and name; the tokens themselves are stored nowhere."""

    async def deed(_settings: Settings, database: Any) -> list[dict[str, Any]]:
        from hudhud.core.setting_up import api_tokens  # noqa: PLC0415 - `--help` must not wait

        return await api_tokens(database, email)

    found = with_database(deed)
    if as_json:
        print_json(found)
        return
    print_table(
        ("Id", "Name", "Made", "Revoked"),
        [tuple(row.values()) for row in found],
        f"No token yet. Make one: hudhud operator token {email}",
    )


@app.command("revoke")
def revoke(
    email: str = typer.Argument(help="Whose."),
    token_id: int = typer.Argument(help="Id of the token, as `tokens` lists it.", min=1),
) -> None:
    """End a token: the next request with it is refused."""

    async def deed(_settings: Settings, database: Any) -> None:
        from hudhud.core.setting_up import revoke_token  # noqa: PLC0415 - `--help` must not wait

        await revoke_token(database, email, token_id)

    with_database(deed)
    typer.echo(f"Token {token_id} of {email} is not valid any more.")


async def _link(settings: Settings, database: Any, email: str) -> str:
    from hudhud.core.setting_up import sign_in_link  # noqa: PLC0415 - `--help` must not wait

    token = await sign_in_link(database, settings.secret_key, email, datetime.now(UTC))
    return link_address(settings, token)


def link_address(settings: Settings, token: str) -> str:
    """The address that a one-time link is, on the console."""
    return f"{settings.webhook_base_url.removesuffix('/webhooks')}/sign-in/link/{token}"


def _tell(email: str, address: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"email": email, "link": address})
    else:
        typer.echo(f"{email} signs in once with:\n{address}")
