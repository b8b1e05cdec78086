"""What a process has loaded costs its customers nothing any more."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from hudhud import registry
from hudhud.core.resident import settle
from hudhud.text import folding


@pytest.fixture(autouse=True)
def _collector_as_before() -> Iterator[None]:
    threshold, callbacks = gc.get_threshold(), gc.callbacks[:]
    yield
    gc.callbacks[:] = callbacks
    gc.set_threshold(*threshold)
    gc.unfreeze()


def test_what_is_loaded_is_out_of_the_collector_s_sight() -> None:
    alive = len(gc.get_objects())
    settle()
    assert gc.get_freeze_count() > alive / 2
    assert len(gc.get_objects()) < alive / 10
    assert "whatsapp" in registry.kinds("channels")


def test_what_was_folded_while_loading_is_not_kept() -> None:
    folding.fold("بكم الشحن")
    settle()
    folding.fold("بكم الشحن")
    assert folding._kept.cache_info().misses == 1


def test_a_group_s_thousands_of_objects_do_not_call_the_collector() -> None:
    looked: list[str] = []
    settle()
    gc.callbacks.append(lambda phase, _: looked.append(phase))
    kept = [[number] for number in range(10_000)]
    assert not looked
    kept += [[number] for number in range(20_000)]
    assert looked  # rings of objects that hold one another are still found
