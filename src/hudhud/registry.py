"""Finds adapters by file name: `channels/telegram.py` is the channel `telegram`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from hudhud.errors import NotFoundError


@cache
def kinds(package: str) -> tuple[str, ...]:
    """Names of all adapters in a package of Hudhud, sorted; an adapter is what declares `Options`.

    Args:
        package: `channels` or `responders`.
    """
    home = importlib.import_module(f"hudhud.{package}")
    names = sorted(found.name for found in pkgutil.iter_modules(home.__path__))
    return tuple(
        name
        for name in names
        if hasattr(importlib.import_module(f"hudhud.{package}.{name}"), "Options")
    )


@cache
def adapter(package: str, kind: str) -> ModuleType:
    """The module that speaks one kind.

    Raises:
        NotFoundError: no file has this name; the detail lists those that exist.
    """
    if kind not in kinds(package):
        raise NotFoundError(f"{package}: {kind!r}. Known: {', '.join(kinds(package))}.")
    return importlib.import_module(f"hudhud.{package}.{kind}")
