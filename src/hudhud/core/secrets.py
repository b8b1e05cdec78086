"""Secrets at rest (S9): AES-256-GCM, one key per purpose, each bound to the place where it lies."""

from __future__ import annotations

import base64
import binascii
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hudhud.errors import SecretUnreadableError
from hudhud.store import key_check
from hudhud.store.pool import Connection

VERSION = b"v1"
KEY_BYTES = 32
KEY_ID_BYTES = 6
NONCE_BYTES = 12
PLAIN_BYTES_MAX = 64 * 1024

CHECK_PLACE = "key_check|sealed"
CHECK_PLAIN = b"hudhud"


class Vault:
    """Seals and opens with ENCRYPTION_KEY_HEX; a sealed value reads `v1.keyid.nonce.ciphertext`."""

    def __init__(self, key_hex: str, *former_hex: str) -> None:
        """Keep the keys.

        Args:
            key_hex: 64 hexadecimal digits; seals, and opens what it sealed.
            former_hex: earlier keys, which still open what they sealed while it is sealed anew.
        """
        masters = [bytes.fromhex(one) for one in (key_hex, *former_hex)]
        self._masters = {_key_id(master): master for master in masters}
        self._current = _key_id(masters[0])

    def seal(self, place: str, plain: bytes) -> bytes:
        """Encrypt a value for one place and no other.

        Args:
            place: `table|column|row id|merchant id`; the first two choose the key (HKDF), all of
                it is authenticated, so that a value moved to another row does not open there.
            plain: at most PLAIN_BYTES_MAX bytes.

        Raises:
            ValueError: it is longer.
        """
        if len(plain) > PLAIN_BYTES_MAX:
            raise ValueError(f"a secret has at most {PLAIN_BYTES_MAX} bytes")
        nonce = secrets.token_bytes(NONCE_BYTES)
        cipher = AESGCM(_derived(self._masters[self._current], _purpose(place)))
        sealed = cipher.encrypt(nonce, plain, _bound(self._current, place))
        return b".".join((VERSION, self._current, _text(nonce), _text(sealed)))

    def open(self, place: str, sealed: bytes) -> bytes:
        """Decrypt what was sealed for this place.

        Raises:
            SecretUnreadableError: another key, another place, or bytes that were changed.
        """
        try:
            version, key_id, nonce, rest = sealed.split(b".")
            master = self._masters[key_id]
            if version != VERSION:
                raise SecretUnreadableError(f"{place} was sealed by a newer release.")
            cipher = AESGCM(_derived(master, _purpose(place)))
            return cipher.decrypt(_bytes(nonce), _bytes(rest), _bound(key_id, place))
        except (ValueError, KeyError, InvalidTag, binascii.Error):
            raise SecretUnreadableError(f"({place})") from None


async def check_key(connection: Connection, vault: Vault) -> None:
    """Refuse a wrong key at the start, not at the first message; the first start leaves the proof.

    Raises:
        SecretUnreadableError: the database was sealed with another key.
    """
    sealed = await key_check.read(connection)
    if sealed is None:
        await key_check.write(connection, vault.seal(CHECK_PLACE, CHECK_PLAIN))
        sealed = await key_check.read(connection)  # two first starts at once: the first one's
    if sealed is not None:
        vault.open(CHECK_PLACE, sealed)


@lru_cache(maxsize=256)
def _derived(master: bytes, purpose: str) -> bytes:
    return _hkdf(master, f"hudhud seal {purpose}", KEY_BYTES)


def _key_id(master: bytes) -> bytes:
    return _text(_hkdf(master, "hudhud key id", KEY_ID_BYTES))


def _hkdf(master: bytes, info: str, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=None, info=info.encode()).derive(master)


def _purpose(place: str) -> str:
    return "|".join(place.split("|")[:2])


def _bound(key_id: bytes, place: str) -> bytes:
    return b"|".join((VERSION, key_id, place.encode()))


def _text(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
