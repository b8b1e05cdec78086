"""What a look-up is, and what look-ups found for one conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

import msgspec

from hudhud.errors import LookUpFailedError

T = TypeVar("T")


class LookUp(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """One thing that is looked up: `decode` makes of its JSON what a turn holds.

    `required`: nothing may be answered without it. Otherwise `default()` stands for what could not
    be read, or is not there.
    """

    name: str
    decode: Callable[[Any], T]
    default: Callable[[], T] | None = None

    @property
    def required(self) -> bool:
        """Whether a batch fails without it (P2)."""
        return self.default is None


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What was found for one conversation, and what could not be read and why; by look-up's name.

    `took_ms` is how long PostgreSQL looked for each, for the whole group that was claimed together.
    """

    found: Mapping[str, Any] = {}
    failed: Mapping[str, str] = {}
    took_ms: Mapping[str, float] = {}

    def beside(self, other: Setting) -> Setting:
        """Both together; of what both looked for, `other` is believed."""
        now = {*other.found, *other.failed}
        return Setting(
            found={**{k: v for k, v in self.found.items() if k not in now}, **other.found},
            failed={**{k: v for k, v in self.failed.items() if k not in now}, **other.failed},
            took_ms={**self.took_ms, **other.took_ms},
        )

    def of(self, look_up: LookUp[T]) -> T:
        """What this look-up found, or its default.

        Raises:
            LookUpFailedError: it is required, and was not found.
            msgspec.ValidationError: what is stored is not what this release knows.
        """
        if look_up.name in self.found and look_up.name not in self.failed:
            return look_up.decode(self.found[look_up.name])
        if look_up.default is None:
            why = self.failed.get(look_up.name, "nothing found")
            raise LookUpFailedError(f"{look_up.name}: {why}")
        return look_up.default()
