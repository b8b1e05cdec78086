"""An inbox's own URL that answers for it (S10): set, taken away, its secret changed.

A new secret signs beside the old one until the old one is dropped, so that no answer fails while
the receiver learns it.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import msgspec

from hudhud.addresses import is_public
from hudhud.core.secrets import Vault, seal
from hudhud.errors import BadInputError, NotFoundError
from hudhud.events import emit
from hudhud.responders.webhook.signing import new_secret
from hudhud.settings import Settings
from hudhud.store import inboxes
from hudhud.store.pool import Connection, Database

URL_CHARS_MAX = 2000
# Of all that ever signed: the one in use, and the one that it replaces.
SECRETS_MAX = 2
_LOCAL_NAMES = frozenset({"localhost", "localhost.localdomain"})


class OwnUrl(msgspec.Struct, frozen=True, kw_only=True):
    """The URL of one inbox, empty where it has none; `secrets` are how many sign.

    `new` is the secret that was made just now, to be shown this one time.
    """

    url: str = ""
    secrets: int = 0
    new: str = ""


async def own_url(database: Database, merchant_id: int, inbox_id: int, vault: Vault) -> OwnUrl:
    """The URL that answers for an inbox.

    Raises:
        NotFoundError: this merchant has no such inbox.
        SecretUnreadableError: its secrets were sealed with another key.
    """
    async with database.reading(merchant_id) as connection:
        url, known = await _now(connection, vault, merchant_id, inbox_id)
    return OwnUrl(url=url, secrets=len(known))


async def set_own_url(
    database: Database,
    settings: Settings,
    vault: Vault,
    merchant_id: int,
    inbox_id: int,
    url: str,
    *,
    actor: str,
) -> OwnUrl:
    """Let a URL answer for an inbox from the next batch on; an empty one takes it away.

    The first time a secret is made.

    Raises:
        BadInputError: it is no address that we would ask.
        NotFoundError: this merchant has no such inbox.
        StoreUnavailableError: PostgreSQL is away.
    """
    url = url.strip()
    if url and (problem := problem_of_url(url, settings)):
        raise BadInputError(problem)
    async with database.deed(merchant_id) as connection:
        _, known = await _now(connection, vault, merchant_id, inbox_id, held=True)
        made = new_secret() if url and not known else ""
        kept = [made] if made else known
        await _keep(connection, vault, merchant_id, inbox_id, url, kept if url else [], actor)
    emit("inbox.set", inbox=inbox_id, changed=["webhook_url"])
    return OwnUrl(url=url, secrets=len(kept) if url else 0, new=made)


async def change_secret(
    database: Database,
    vault: Vault,
    merchant_id: int,
    inbox_id: int,
    *,
    drop_old: bool,
    actor: str,
) -> OwnUrl:
    """Make a new secret that signs beside the one in use, or let only the newest sign.

    Raises:
        BadInputError: the inbox has no URL of its own.
        NotFoundError: this merchant has no such inbox.
        StoreUnavailableError: PostgreSQL is away.
    """
    async with database.deed(merchant_id) as connection:
        url, known = await _now(connection, vault, merchant_id, inbox_id, held=True)
        if not url:
            raise BadInputError("This inbox has no URL of its own; set one first.")
        made = "" if drop_old else new_secret()
        kept = known[:1] if drop_old else [made, *known][:SECRETS_MAX]
        await _keep(connection, vault, merchant_id, inbox_id, url, kept, actor)
    emit("inbox.set", inbox=inbox_id, changed=["webhook_secrets"])
    return OwnUrl(url=url, secrets=len(kept), new=made)


async def _now(
    connection: Connection, vault: Vault, merchant_id: int, inbox_id: int, *, held: bool = False
) -> tuple[str, list[str]]:
    found = await inboxes.own_url(connection, inbox_id, held=held)
    if found is None:
        raise NotFoundError(f"Inbox {inbox_id}.")
    url, sealed = found
    if not sealed:
        return url, []
    plain = vault.open(_place(merchant_id, inbox_id), sealed)
    return url, msgspec.json.decode(plain, type=list[str])


async def _keep(
    connection: Connection,
    vault: Vault,
    merchant_id: int,
    inbox_id: int,
    url: str,
    secrets: list[str],
    actor: str,
) -> None:
    sealed = None
    if secrets:
        plain = msgspec.json.encode(secrets)
        sealed = await seal(connection, vault, _place(merchant_id, inbox_id), plain)
    await inboxes.set_own_url(connection, inbox_id, url or None, sealed, actor=actor)


def _place(merchant_id: int, inbox_id: int) -> str:
    return f"inbox|webhook_secrets|{inbox_id}|{merchant_id}"


def problem_of_url(url: str, settings: Settings) -> str | None:
    """What is wrong with an address by itself; a name is looked up when it is asked."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "This is no address."
    trusted = f"{parts.scheme}://{parts.netloc.lower()}" in settings.webhook_trusted.split(",")
    wrong = {
        "It must begin with https://.": parts.scheme != "https" and not trusted,
        "It names no host.": not host,
        f"It has more than {URL_CHARS_MAX} characters.": len(url) > URL_CHARS_MAX,
        "It must hold no password; the signature proves who asks.": "@" in parts.netloc,
        "It lies in a private network; HUDHUD_WEBHOOK_TRUSTED may name it.": not trusted
        and (host in _LOCAL_NAMES or (_is_address(host) and not is_public(host))),
    }
    return next((sentence for sentence, holds in wrong.items() if holds), None)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
