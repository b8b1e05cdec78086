"""`hudhud template list|show|sync`: texts that the provider approved before."""

from __future__ import annotations

from typing import Any

import typer

from hudhud.cli.running import AsJson, OfMerchant, print_json, print_table, with_database
from hudhud.errors import BadInputError, NotFoundError
from hudhud.settings import Settings

app = typer.Typer(help="Message templates: what may be sent when the reply window is closed.")
Told = dict[str, Any]


@app.command("list")
def list_them(*, merchant: str | None = OfMerchant, as_json: bool = AsJson) -> None:
    """List a merchant's templates: how each stands, its category and quality."""
    told = with_database(lambda _, database: _listed(database, merchant))
    if as_json:
        print_json(told)
        return
    print_table(
        ("Id", "Name", "Language", "Stands", "Category", "Quality", "Why"),
        [
            (t["id"], t["name"], t["language"], t["standing"], t["category"], t["quality"], _why(t))
            for t in told
        ],
        "No template is known yet. Read them: hudhud template sync",
    )


@app.command("show")
def show(
    template_id: int = typer.Argument(help="Id, by hudhud template list.", min=1),
    *,
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Show one template: its words, and what is to be filled in it."""
    told = with_database(lambda _, database: _listed(database, merchant, template_id))
    if not told:
        raise NotFoundError(f"Template {template_id}; see hudhud template list.")
    if as_json:
        print_json(told[0])
        return
    form = told[0]["form"]
    rows = [(name, told[0][name]) for name in ("name", "language", "standing", "category")]
    rows += [("why", _why(told[0])), ("header", form["header_text"] or form["header"])]
    rows += [("body", form["body"]), ("footer", form["footer"])]
    rows += [(f"button {at}", _button(button)) for at, button in enumerate(form["buttons"])]
    print_table(("", ""), [row for row in rows if row[1]], "")


@app.command("sync")
def sync(
    inbox: str | None = typer.Argument(
        None, help="Key of one inbox; by default every inbox that names its account."
    ),
    *,
    waba_id: str | None = typer.Option(
        None, "--waba-id", help="Id of the WhatsApp Business Account; else Meta is asked."
    ),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Read the templates of an account now, and keep them; 1 when the provider refuses."""
    if waba_id is not None and inbox is None:
        raise BadInputError("Say of which inbox --waba-id is the account: hudhud inbox list.")
    told = with_database(
        lambda settings, database: _synced(settings, database, inbox, waba_id, merchant)
    )
    if as_json:
        print_json(told)
        return
    print_table(
        ("Inbox", "Templates", "New", "Vanished"),
        [(t["inbox"], t["count"], t["new"], t["gone"]) for t in told],
        "No inbox names its account yet: hudhud template sync KEY",
    )


async def _listed(
    database: Any, merchant: str | None, template_id: int | None = None
) -> list[Told]:
    from hudhud.core import templates  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.store import merchants  # noqa: PLC0415 - the same
    from hudhud.store.templates import rows  # noqa: PLC0415 - the same

    async with database.reading() as connection:
        owner = await merchants.named(connection, merchant)
    async with database.reading(owner.id) as connection:
        found = await rows.listed(connection, owner.id)
    return [templates.told(row) for row in found if template_id in (None, row.id)]


async def _synced(
    settings: Settings, database: Any, key: str | None, waba_id: str | None, merchant: str | None
) -> list[Told]:
    import msgspec  # noqa: PLC0415 - `--help` must not wait for it

    from hudhud.core import templates  # noqa: PLC0415 - the same
    from hudhud.core.breaker import Policy  # noqa: PLC0415 - the same
    from hudhud.core.connecting import opened  # noqa: PLC0415 - the same
    from hudhud.core.outside.breakers import Breakers  # noqa: PLC0415 - the same
    from hudhud.core.outside.session import http_session  # noqa: PLC0415 - the same
    from hudhud.core.secrets import vault_of  # noqa: PLC0415 - the same

    if waba_id is not None and key is not None:
        named = await _chosen(database, merchant, key)
        await templates.name_scope(database, named[0].merchant_id, named[0].id, waba_id)
    vault, told = vault_of(settings), []
    # Breakers of its own: a person asks now, and wants to know now.
    async with http_session() as http:
        for row in await _chosen(database, merchant, key):
            if not row.options.get(templates.SCOPE):
                if key is None:
                    continue
                # Nobody has named it: the provider knows.
                scope = await templates.find_scope(opened(vault, row))
                await templates.name_scope(database, row.merchant_id, row.id, scope)
                (row,) = await _chosen(database, merchant, key)  # noqa: PLW2901 - with its account
            kept = await templates.sync(
                database, Breakers(Policy()), http, opened(vault, row), settings
            )
            told.append({"inbox": row.key, **msgspec.structs.asdict(kept)})
    return told


async def _chosen(database: Any, merchant: str | None, key: str | None) -> list[Any]:
    from hudhud.store import inboxes, merchants  # noqa: PLC0415 - `--help` must not wait for it

    async with database.reading() as connection:
        owner = await merchants.named(connection, merchant)
    async with database.reading(owner.id) as connection:
        rows = await inboxes.of_merchant(connection, owner.id)
    found = [row for row in rows if key in (None, row.key)]
    if key is not None and not found:
        raise NotFoundError(f"Inbox {key!r}; see hudhud inbox list.")
    return found


def _why(told: Told) -> str:
    return str(told["paused_reason"] or told["reason"] or "")


def _button(button: Told) -> str:
    return " ".join(filter(None, (button["text"], button["link"])))
