"""An inbox and the module that speaks its channel, with its options in the channel's own type."""

from __future__ import annotations

from types import ModuleType
from typing import Any, NamedTuple

import msgspec

from hudhud import registry
from hudhud.model import Inbox

CACHED_MAX = 10_000
_cache: dict[int, tuple[Inbox, Spoken]] = {}


class Spoken(NamedTuple):
    """A channel's module, and one inbox's options as that module wants them."""

    channel: ModuleType
    options: Any


def spoken(inbox: Inbox) -> Spoken:
    """Find the channel of an inbox; converted once for each version of the inbox's row.

    Raises:
        NotFoundError: no such channel in this release.
        msgspec.ValidationError: the stored options are not what this release's channel takes.
    """
    cached = _cache.get(inbox.id)
    if cached is not None and cached[0] is inbox:
        return cached[1]
    channel = registry.adapter("channels", inbox.channel)
    found = Spoken(channel, msgspec.convert(inbox.options, channel.Options))
    if len(_cache) >= CACHED_MAX:
        _cache.clear()
    _cache[inbox.id] = (inbox, found)
    return found
