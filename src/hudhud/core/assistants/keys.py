"""The keys of an assistant's services: sealed to its row, and opened only to ask (S9)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from hudhud import registry
from hudhud.core.secrets import Vault, seal, vault_of
from hudhud.model import Assistant
from hudhud.settings import Settings
from hudhud.store import assistants
from hudhud.store.pool import Connection

KEPT_MAX = 512
# By responder, then by option.
Keys = dict[str, dict[str, str]]


def secrets_of(responder: str) -> frozenset[str]:
    """Names of the options of a responder that are sealed (its `SECRETS`).

    Raises:
        NotFoundError: no such responder.
    """
    found: frozenset[str] = getattr(
        registry.adapter("responders", responder), "SECRETS", frozenset()
    )
    return found


def keys_of(settings: Settings, assistant: Assistant) -> Keys:
    """The keys of an assistant, by responder and option; kept for as long as they stay the same.

    Raises:
        SecretUnreadableError: sealed with another key, or for another row.
    """
    if not _bytes(assistant.secrets):
        return {}
    return _opened(_Once(settings), _place(assistant.merchant_id, assistant.id), assistant.secrets)


async def keep_keys(
    connection: Connection,
    vault: Vault,
    assistant: Assistant,
    given: Mapping[str, Mapping[str, str]],
) -> None:
    """Seal keys beside those that are kept already; an empty one takes its key away.

    Args:
        connection: the deed; it holds the assistant's row.
        vault: opens and seals.
        assistant: as it is stored.
        given: by responder and option.

    Raises:
        SecretUnreadableError: what is kept was sealed with another key.
    """
    place = _place(assistant.merchant_id, assistant.id)
    kept: Keys = {}
    if _bytes(assistant.secrets):
        kept = msgspec.json.decode(vault.open(place, _bytes(assistant.secrets)), type=Keys)
    for responder, options in given.items():
        kept[responder] = {**kept.get(responder, {}), **options}
    told = {kind: {k: v for k, v in held.items() if v} for kind, held in kept.items()}
    plain = msgspec.json.encode({kind: held for kind, held in told.items() if held})
    await assistants.keep_secrets(
        connection, assistant.id, await seal(connection, vault, place, plain)
    )


class _Once:
    """Settings as a part of a cache's key: equal to every other, for a process has one."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Once) and (
            self.settings.encryption_key_hex == other.settings.encryption_key_hex
        )

    def __hash__(self) -> int:
        return hash(self.settings.encryption_key_hex)


@lru_cache(maxsize=KEPT_MAX)
def _opened(once: _Once, place: str, sealed: str) -> Keys:
    plain = vault_of(once.settings).open(place, _bytes(sealed))
    return msgspec.json.decode(plain, type=Keys)


def _bytes(sealed: str) -> bytes:
    return bytes.fromhex(sealed.removeprefix("\\x"))


def _place(merchant_id: int, assistant_id: int) -> str:
    return f"assistant|secrets|{assistant_id}|{merchant_id}"
