"""Secrets at rest (S9): AES-256-GCM, one key per purpose, each bound to the place where it lies."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hudhud.errors import SecretUnreadableError

VERSION = b"v1"
KEY_BYTES = 32
KEY_ID_BYTES = 6
NONCE_BYTES = 12
PLAIN_BYTES_MAX = 64 * 1024
# `v1.keyid.nonce.ciphertext`
PARTS = 4


class Vault:
    """Seals and opens with ENCRYPTION_KEY_HEX; a sealed value reads `v1.keyid.nonce.ciphertext`."""

    def __init__(
        self, key_hex: str, *former_hex: str, reread: Callable[[], tuple[str, ...]] | None = None
    ) -> None:
        """Keep the keys.

        Args:
            key_hex: 64 hexadecimal digits; seals, and opens what it sealed.
            former_hex: earlier keys, which still open what they sealed while it is sealed anew.
            reread: the keys as they are by now, newest first; asked when one is unknown, so that
                a process that runs learns of a rotation.
        """
        self._reread = reread
        self._masters: dict[str, bytes] = {}
        self._take((key_hex, *former_hex))

    @property
    def newest(self) -> str:
        """Id of the first key: the one that a rotation seals with."""
        return next(iter(self._masters))

    @property
    def key_ids(self) -> tuple[str, ...]:
        """Ids of the keys at hand, newest first; an id tells nothing of its key."""
        return tuple(self._masters)

    def look_again(self) -> None:
        """Read the keys anew, where they may have changed."""
        if self._reread is not None:
            self._take(self._reread())

    def seal(self, place: str, plain: bytes, *, key_id: str = "") -> bytes:
        """Encrypt a value for one place and no other.

        Args:
            place: `table|column|row id|merchant id`; the first two choose the key (HKDF), all of
                it is authenticated, so that a value moved to another row does not open there.
            plain: at most PLAIN_BYTES_MAX bytes.
            key_id: with which key; the newest by default.

        Raises:
            ValueError: it is longer.
            SecretUnreadableError: that key is not at hand.
        """
        if len(plain) > PLAIN_BYTES_MAX:
            raise ValueError(f"a secret has at most {PLAIN_BYTES_MAX} bytes")
        chosen = key_id or self.newest
        nonce = secrets.token_bytes(NONCE_BYTES)
        cipher = AESGCM(_derived(self._master(chosen), _purpose(place)))
        sealed = cipher.encrypt(nonce, plain, _bound(chosen, place))
        return b".".join((VERSION, chosen.encode(), _text(nonce), _text(sealed)))

    def open(self, place: str, sealed: bytes) -> bytes:
        """Decrypt what was sealed for this place.

        Raises:
            SecretUnreadableError: another key, another place, or bytes that were changed.
        """
        try:
            version, _, nonce, rest = sealed.split(b".")
            if version != VERSION:
                raise SecretUnreadableError(f"{place} was sealed by a newer release.")
            key_id = key_id_of(sealed)
            cipher = AESGCM(_derived(self._master(key_id), _purpose(place)))
            return cipher.decrypt(_bytes(nonce), _bytes(rest), _bound(key_id, place))
        except (ValueError, InvalidTag, binascii.Error):
            raise SecretUnreadableError(f"({place})") from None

    def _master(self, key_id: str) -> bytes:
        if key_id not in self._masters:
            self.look_again()
        if key_id not in self._masters:
            here = ", ".join(self._masters)
            raise SecretUnreadableError(
                f"It needs the key {key_id}, and here is only {here}. Put the key of this "
                "installation back; its backup has it."
            )
        return self._masters[key_id]

    def _take(self, keys_hex: tuple[str, ...]) -> None:
        # What a running process may still have to open stays, behind the newer ones.
        found = {_key_id(master): master for master in map(bytes.fromhex, keys_hex)}
        self._masters = {**found, **{k: v for k, v in self._masters.items() if k not in found}}


def key_id_of(sealed: bytes) -> str:
    """With which key a value was sealed; empty when it is none of ours."""
    parts = sealed.split(b".")
    return parts[1].decode("ascii", "replace") if len(parts) == PARTS else ""


@lru_cache(maxsize=256)
def _derived(master: bytes, purpose: str) -> bytes:
    return _hkdf(master, f"hudhud seal {purpose}", KEY_BYTES)


def _key_id(master: bytes) -> str:
    return _text(_hkdf(master, "hudhud key id", KEY_ID_BYTES)).decode()


def _hkdf(master: bytes, info: str, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=None, info=info.encode()).derive(master)


def _purpose(place: str) -> str:
    return "|".join(place.split("|")[:2])


def _bound(key_id: str, place: str) -> bytes:
    return b"|".join((VERSION, key_id.encode(), place.encode()))


def _text(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
