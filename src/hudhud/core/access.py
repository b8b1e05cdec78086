"""Who may come in: passwords, links, sessions, API tokens. Only keyed hashes are stored."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hudhud.core.attempts import Attempts
from hudhud.errors import BadInputError, SignInRefusedError, TokenRefusedError
from hudhud.events import emit
from hudhud.model import Operator
from hudhud.store import operators, sessions
from hudhud.store.pool import Database

SESSION_DAYS = 30
LINK_HOURS = 24
TOKEN_BYTES = 32
TOKEN_CHARS_MAX = 128
PASSWORD_CHARS_MIN = 10
PASSWORD_CHARS_MAX = 256
# Argon2 takes 64 MiB and a core for some 50 ms: more than two at once and sign-in starves chats.
HASHES_AT_ONCE = 2
# A few wrong guesses are a tired person; many are a machine.
GUESSES_PER_ADDRESS = 30
GUESSES_PER_EMAIL = 8
GUESSES_WINDOW_S = 300.0
# Hashes of tokens that were good, remembered by one process.
BEARERS_MAX = 10_000

_hasher = PasswordHasher()
# Checked when there is no such operator, so that an unknown address takes as long as a known one.
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$"
    "Pz4gyQ2F2yRkJuzVQSF6e0mBHCr3gAvcWVvqGWU3fQ4"
)


def new_token() -> str:
    """A token for a session or a one-time link: 256 random bits, safe in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(secret_key: str, token: str) -> bytes:
    """What is stored in the token's stead; SECRET_KEY is kept, so a restart keeps people signed in.

    Args:
        secret_key: SECRET_KEY.
        token: as `new_token` made it.
    """
    return hmac.new(secret_key.encode(), token.encode(), hashlib.sha256).digest()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: its token goes into the cookie, and nowhere else."""

    token: str
    operator: Operator


@dataclass(frozen=True, slots=True)
class Access:
    """The way in, with its limits. One for each process."""

    database: Database
    secret_key: str
    by_address: Attempts = field(
        default_factory=lambda: Attempts(GUESSES_PER_ADDRESS, GUESSES_WINDOW_S)
    )
    by_email: Attempts = field(
        default_factory=lambda: Attempts(GUESSES_PER_EMAIL, GUESSES_WINDOW_S)
    )
    by_guess: Attempts = field(
        default_factory=lambda: Attempts(GUESSES_PER_ADDRESS, GUESSES_WINDOW_S)
    )
    bearers: set[bytes] = field(default_factory=set)
    hashing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(HASHES_AT_ONCE))

    async def with_password(
        self, email: str, password: str, *, address: str, now: datetime
    ) -> SignedIn:
        """Sign in with an address and a password.

        Args:
            email: as typed.
            password: as typed.
            address: the client's network address, which has a limit of its own.
            now: the time.

        Raises:
            SignInRefusedError: one answer for every reason; `retry_after_s` when there were too
                many attempts.
        """
        email = email.strip().lower()
        self._count(address, email, now)
        async with self.database.reading() as connection:
            found = await operators.by_email(connection, email)
        known = found[1] if found and found[1] else None
        if not await self._matches(known or _NOBODY, password) or not known or not found:
            emit("sign_in.refused", "warning", way="password")
            raise SignInRefusedError
        self.by_email.forget(email)
        return await self._start(found[0], now)

    async def with_link(self, token: str, *, address: str, now: datetime) -> SignedIn:
        """Sign in with a one-time link; it is used up in the same transaction.

        Raises:
            SignInRefusedError: it was used, ran out, or never was.
        """
        self._count(address, "", now)
        fresh = new_token()
        async with self.database.deed() as connection:
            operator = await operators.by_link(connection, token_hash(self.secret_key, token))
            if operator is None:
                emit("sign_in.refused", "warning", way="link")
                raise SignInRefusedError
            await sessions.start(
                connection,
                operator.merchant_id,
                operator.id,
                token_hash=token_hash(self.secret_key, fresh),
                expires_at=now + timedelta(days=SESSION_DAYS),
            )
        emit("sign_in.made", way="link", operator=operator.id)
        return SignedIn(fresh, operator)

    async def who(self, token: str) -> Operator | None:
        """Whose session a cookie names; None when nobody's."""
        if not token or len(token) > TOKEN_CHARS_MAX:
            return None
        async with self.database.reading() as connection:
            return await operators.by_session(connection, token_hash(self.secret_key, token))

    async def bearer(self, token: str, *, address: str, now: datetime) -> Operator:
        """Whose API token this is; guesses are counted by address.

        Raises:
            TokenRefusedError: it was revoked or never was; `retry_after_s` after too many guesses.
        """
        hashed = token_hash(self.secret_key, token[:TOKEN_CHARS_MAX])
        # Behind a proxy all have one address: a stranger's guesses must not shut out who was in.
        if hashed not in self.bearers and self.by_guess.full(address, now):
            raise TokenRefusedError(retry_after_s=GUESSES_WINDOW_S)
        async with self.database.reading() as connection:
            operator = await operators.by_token(connection, hashed)
        if operator is None:
            self.bearers.discard(hashed)
            self.by_guess.wait_s(address, now)
            emit("token.refused", "warning")
            raise TokenRefusedError
        if len(self.bearers) < BEARERS_MAX:
            self.bearers.add(hashed)
        return operator

    async def sign_out(self, operator: Operator, token: str) -> None:
        """End this session; the others of this operator stay."""
        async with self.database.deed(operator.merchant_id) as connection:
            await sessions.end(connection, token_hash(self.secret_key, token))

    async def set_password(self, operator: Operator, password: str, *, token: str) -> None:
        """Set a password; every session but this one ends.

        Raises:
            BadInputError: too short or too long.
        """
        if not PASSWORD_CHARS_MIN <= len(password) <= PASSWORD_CHARS_MAX:
            raise BadInputError(f"{PASSWORD_CHARS_MIN} to {PASSWORD_CHARS_MAX} characters.")
        async with self.hashing:
            password_hash = await asyncio.to_thread(_hasher.hash, password)
        async with self.database.deed(operator.merchant_id) as connection:
            await operators.set_password(connection, operator.id, password_hash)
            keep = token_hash(self.secret_key, token)
            await sessions.end_others(connection, operator.id, keep)
        emit("password.set", operator=operator.id)

    async def set_language(self, operator: Operator, language: str) -> None:
        """Keep the language in which this operator reads."""
        async with self.database.deed(operator.merchant_id) as connection:
            await operators.set_language(connection, operator.id, language)

    def _count(self, address: str, email: str, now: datetime) -> None:
        waits = [self.by_address.wait_s(address, now)]
        if email:
            waits.append(self.by_email.wait_s(email, now))
        if max(waits) > 0:
            emit("sign_in.refused", "warning", way="limit")
            raise SignInRefusedError(retry_after_s=max(waits))

    async def _matches(self, password_hash: str, password: str) -> bool:
        if len(password) > PASSWORD_CHARS_MAX:
            return False
        async with self.hashing:
            return await asyncio.to_thread(_verified, password_hash, password)

    async def _start(self, operator: Operator, now: datetime) -> SignedIn:
        token = new_token()
        async with self.database.deed(operator.merchant_id) as connection:
            await sessions.start(
                connection,
                operator.merchant_id,
                operator.id,
                token_hash=token_hash(self.secret_key, token),
                expires_at=now + timedelta(days=SESSION_DAYS),
            )
        emit("sign_in.made", way="password", operator=operator.id)
        return SignedIn(token, operator)


def _verified(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
