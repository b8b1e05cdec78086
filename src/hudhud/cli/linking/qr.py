"""`hudhud inbox qr|connect`: the code that links a phone, drawn in the terminal."""

from __future__ import annotations

import asyncio
from typing import Any

import typer

from hudhud.cli.running import with_database
from hudhud.errors import BadInputError, NotFoundError
from hudhud.settings import Settings

LOOK_S = 3.0
_KEY = typer.Argument(help="Key of the inbox, the end of its webhook address.")
_WAIT_S = typer.Option(120.0, help="Seconds to wait until the phone is linked; 0: show it once.")


def qr(key: str = _KEY, *, wait_s: float = _WAIT_S) -> None:
    """Draw the QR code that links an inbox's phone, and each new one, until it is linked."""
    with_database(lambda settings, database: _shown(settings, database, key, wait_s))


def connect(key: str = _KEY, *, wait_s: float = _WAIT_S) -> None:
    """Point an instance's webhooks here, then draw the QR code until its phone is linked."""

    async def deed(settings: Settings, database: Any) -> None:
        from hudhud.core.linking.asking import point_webhook  # noqa: PLC0415 - `--help` must not wait

        inbox = await _inbox(settings, database, key)
        await point_webhook(inbox, f"{settings.webhook_base_url}/{inbox.channel}/{inbox.key}")
        typer.echo("Its webhooks come here now.")
        await _shown(settings, database, key, wait_s)

    with_database(deed)


async def _shown(settings: Settings, database: Any, key: str, wait_s: float) -> None:
    from hudhud.core.linking.asking import link_of  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.core.linking.drawing import half_blocks  # noqa: PLC0415 - the same

    inbox = await _inbox(settings, database, key)
    drawn, loop = "", asyncio.get_running_loop()
    until = loop.time() + wait_s
    while True:
        link = await link_of(inbox)
        if link.linked:
            typer.echo("The phone is linked.")
            return
        if link.qr_code and link.qr_code != drawn:
            drawn = link.qr_code
            typer.echo(half_blocks(drawn))
            typer.echo("On the phone: WhatsApp, Settings, Linked devices, Link a device.")
            if link.pairing_code:
                typer.echo(f"Or link with the phone number, and type {link.pairing_code}")
        if loop.time() + LOOK_S > until:
            raise typer.Exit(1)
        await asyncio.sleep(LOOK_S)


async def _inbox(settings: Settings, database: Any, key: str) -> Any:
    from hudhud.core.inboxes import Inboxes  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.core.linking.asking import needs_linking  # noqa: PLC0415 - the same
    from hudhud.core.secrets import vault_of  # noqa: PLC0415 - the same

    inbox = await Inboxes(database, vault_of(settings)).by_key(key)
    if inbox is None:
        raise NotFoundError(f"Inbox {key!r}; see hudhud inbox list.")
    if not needs_linking(inbox.channel):
        raise BadInputError(f"An inbox of {inbox.channel} has no phone to link.")
    return inbox
