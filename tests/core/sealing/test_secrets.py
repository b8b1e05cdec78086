"""Secrets at rest: bound to key and place, and a wrong key is refused at the start."""

from __future__ import annotations

import pytest

from hudhud.core.secrets import PLAIN_BYTES_MAX, Vault, check_key
from hudhud.errors import SecretUnreadableError
from hudhud.store.pool import Database

KEY = "00112233445566778899aabbccddeeff" * 2
OTHER = "ffeeddccbbaa99887766554433221100" * 2
PLACE = "inbox|secrets|7|3"


def test_what_is_sealed_opens_in_its_place_and_does_not_show():
    sealed = Vault(KEY).seal(PLACE, b"token-canary")
    assert Vault(KEY).open(PLACE, sealed) == b"token-canary"
    assert b"canary" not in sealed
    assert sealed.startswith(b"v1.")
    assert sealed.count(b".") == 3


def test_the_same_secret_is_never_sealed_the_same_twice():
    vault = Vault(KEY)
    assert vault.seal(PLACE, b"x") != vault.seal(PLACE, b"x")


@pytest.mark.parametrize(
    "place", ["inbox|secrets|8|3", "inbox|secrets|7|4", "other|secrets|7|3", "inbox|other|7|3"]
)
def test_a_secret_moved_to_another_row_does_not_open(place):
    with pytest.raises(SecretUnreadableError):
        Vault(KEY).open(place, Vault(KEY).seal(PLACE, b"x"))


@pytest.mark.parametrize("sealed", [b"", b"v1", b"v1.a.b.c", b"\xff.\xff.\xff.\xff", b"...."])
def test_what_was_never_sealed_is_refused_with_a_sentence(sealed):
    with pytest.raises(SecretUnreadableError, match="ENCRYPTION_KEY_HEX"):
        Vault(KEY).open(PLACE, sealed)


def test_every_changed_byte_is_noticed():
    sealed = Vault(KEY).seal(PLACE, b"secret")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(SecretUnreadableError):
            Vault(KEY).open(PLACE, bytes(changed))


def test_a_former_key_still_opens_and_the_current_one_seals():
    old = Vault(OTHER).seal(PLACE, b"old")
    both = Vault(KEY, OTHER)
    assert both.open(PLACE, old) == b"old"
    assert Vault(KEY).open(PLACE, both.seal(PLACE, b"new")) == b"new"


def test_a_newer_envelope_and_a_huge_secret_are_refused():
    sealed = Vault(KEY).seal(PLACE, b"x").replace(b"v1.", b"v2.", 1)
    with pytest.raises(SecretUnreadableError, match="newer"):
        Vault(KEY).open(PLACE, sealed)
    with pytest.raises(ValueError, match="at most"):
        Vault(KEY).seal(PLACE, b"x" * (PLAIN_BYTES_MAX + 1))


async def test_a_wrong_key_is_refused_at_the_start(database_url):
    database = await Database.open(database_url.app_url)
    try:
        for _ in range(2):
            async with database.deed() as connection:
                await check_key(connection, Vault(KEY))
        with pytest.raises(SecretUnreadableError):
            async with database.deed() as connection:
                await check_key(connection, Vault(OTHER))
    finally:
        await database.close()
