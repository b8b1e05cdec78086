"""What a process that serves has loaded stays, and nobody looks through it again."""

from __future__ import annotations

import gc

from hudhud import registry
from hudhud.memory import give_back


def settle(*packages: str) -> None:
    """Load every adapter of these packages; the collector then leaves alone what is loaded.

    Python looks through all that lives from time to time: with Hudhud's modules some 30 ms, in
    which nobody is answered. For web and worker processes, once, when they begin to serve.

    Args:
        packages: of `channels` and `responders`, what this process needs to serve.
    """
    for package in packages:
        registry.kinds(package)
    gc.collect()
    gc.freeze()
    give_back()
