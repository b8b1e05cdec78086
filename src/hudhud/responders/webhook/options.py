"""Where the batch is posted, and with which secrets it is signed."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec

# Never shown, wherever an older release kept them; what signs lies sealed with its inbox.
SECRETS = frozenset({"secrets"})


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Where the batch is posted.

    `secrets` sign it, the newest first; core fills them from where they lie sealed. `trusted` are
    origins that may lie in a private network, named by the installation. `offline_last`: when it
    does not answer, the offline responder is asked before a person is.
    """

    url: str = ""
    secrets: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()
    offline_last: bool = True


def service(options: Options) -> str:
    """The URL's host and port: what stands before the @ or behind the host may be secret."""
    return urlsplit(options.url).netloc.rpartition("@")[2]
