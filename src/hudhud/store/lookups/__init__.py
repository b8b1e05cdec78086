"""What is looked up for every answer besides its batch; `declared` is the list."""

from hudhud.store.lookups.asking import look_up
from hudhud.store.lookups.declared import HISTORY_MAX, NAMES
from hudhud.store.lookups.look_up import LookUp, Setting

__all__ = ["HISTORY_MAX", "NAMES", "LookUp", "Setting", "look_up"]
