"""Secrets at rest (S9): sealed to their row, under keys that may be changed while all runs."""

from hudhud.core.secrets.ring import ring_file, vault_of
from hudhud.core.secrets.sealing import check_key, seal
from hudhud.core.secrets.vault import PLAIN_BYTES_MAX, Vault, key_id_of

__all__ = [
    "PLAIN_BYTES_MAX",
    "Vault",
    "check_key",
    "key_id_of",
    "ring_file",
    "seal",
    "vault_of",
]
