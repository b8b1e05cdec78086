"""What a process that serves has loaded stays, and nobody looks through it again."""

from __future__ import annotations

import gc

from hudhud import registry

ADAPTERS = ("channels", "responders")


def settle() -> None:
    """Load every adapter, and take what is loaded by now out of the collector's sight.

    Python looks through all that lives from time to time: with Hudhud's modules some 30 ms, in
    which nobody is answered. For web and worker processes, once, when they begin to serve.
    """
    for package in ADAPTERS:
        registry.kinds(package)
    gc.collect()
    gc.freeze()
