"""What a process has loaded costs its customers nothing any more."""

from __future__ import annotations

import gc

from hudhud import registry
from hudhud.core.resident import settle


def test_what_is_loaded_is_out_of_the_collector_s_sight() -> None:
    alive = len(gc.get_objects())
    try:
        settle()
        assert gc.get_freeze_count() > alive / 2
        assert len(gc.get_objects()) < alive / 10
        assert "whatsapp" in registry.kinds("channels")
    finally:
        gc.unfreeze()
