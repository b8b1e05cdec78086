"""What "PostgreSQL cannot take this now" looks like from here; all else is our own mistake."""

from __future__ import annotations

import asyncpg

from hudhud.errors import NotReplicatedError, StoreUnavailableError

# A primary that was demoted, or the one server that is left and follows nobody any more.
ONLY_READS = (asyncpg.ReadOnlySQLTransactionError, asyncpg.TargetServerAttributeNotMatched)
# Whoever changes a password or takes a right away while we run has not made our webhooks wrong.
REFUSES = (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError)
AWAY = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    # The server said its last word to an idle connection, whose end we have not read yet.
    asyncpg.InternalClientError,
    asyncpg.CannotConnectNowError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    # A table changed under a prepared statement: the statement is made anew by now (trap 21).
    asyncpg.InvalidCachedStatementError,
    NotReplicatedError,
    *ONLY_READS,
    *REFUSES,
)


def unavailable(error: BaseException) -> StoreUnavailableError:
    """The error of ours for one of AWAY; the detail is words for a person where there are any."""
    if isinstance(error, StoreUnavailableError):
        return error
    # The connection was cut at once, so that the rollback after it could not be made either.
    if isinstance(error, ONLY_READS) or isinstance(error.__context__, ONLY_READS):
        return StoreUnavailableError("It is a replica or was made read-only; name its primary.")
    if isinstance(error, REFUSES):
        return StoreUnavailableError("It refuses this role or password, or has no such database.")
    return StoreUnavailableError(type(error).__name__)
