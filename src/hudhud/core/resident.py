"""What a process that serves has loaded stays, and nobody looks through it again."""

from __future__ import annotations

import gc

from hudhud import registry
from hudhud.memory import give_back
from hudhud.text import folding

# So many new objects before the collector looks at them. With Python's own 700 a worker at a
# thousand messages a second is interrupted 106 times a second and 14 ms long each time it looks
# at all that lives: a twentieth of its time. What is freed by its count, nearly everything here,
# never waits for it; the rest of a group fits in a few megabytes.
YOUNG_MAX = 20_000


def settle(*packages: str) -> None:
    """Load every adapter of these packages; the collector then leaves alone what is loaded.

    Python looks through all that lives from time to time: with Hudhud's modules some 30 ms, in
    which nobody is answered. It also looks less often at what comes after. For web and worker
    processes, once, when they begin to serve.

    Args:
        packages: of `channels` and `responders`, what this process needs to serve.
    """
    for package in packages:
        registry.kinds(package)
    folding.forget()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_MAX, *gc.get_threshold()[1:])
    give_back()
