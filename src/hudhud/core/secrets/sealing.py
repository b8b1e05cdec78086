"""Sealing while a rotation may run, and refusing a wrong key at the start."""

from __future__ import annotations

from hudhud.core.secrets.vault import Vault, key_id_of
from hudhud.errors import SecretUnreadableError
from hudhud.store import sealed as stored
from hudhud.store.pool import Connection

CHECK_PLACE = "key_check|sealed"
CHECK_PLAIN = b"hudhud"


async def seal(connection: Connection, vault: Vault, place: str, plain: bytes) -> bytes:
    """Seal with the key that writes now, which no rotation drops before this deed ends.

    Args:
        connection: the deed that stores what comes back.
        vault: the keys.
        place: as `Vault.seal` takes it.
        plain: the secret.

    Raises:
        SecretUnreadableError: the key that writes is not at hand here.
    """
    word = await stored.word_held(connection)
    return vault.seal(place, plain, key_id=key_id_of(word) if word else "")


async def check_key(connection: Connection, vault: Vault) -> None:
    """Refuse a wrong key at the start, not at the first message; the first start leaves the proof.

    Raises:
        SecretUnreadableError: the database was sealed with another key, or some of its secrets
            still need one that is not at hand.
    """
    word = await stored.word(connection)
    if word is None:
        await stored.first_word(connection, vault.seal(CHECK_PLACE, CHECK_PLAIN))
        word = await stored.word(connection)  # two first starts at once: the first one's
    if word is not None:
        vault.open(CHECK_PLACE, word)
    needed = {row["key_id"]: row["n"] for row in await stored.keys(connection) if row["key_id"]}
    for key_id in needed.keys() - set(vault.key_ids):
        raise SecretUnreadableError(
            f"{needed[key_id]} of them still need the key {key_id}: put it behind the new one "
            "(NEW,OLD) until `hudhud secrets rotate` is done."
        )
