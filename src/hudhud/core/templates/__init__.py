"""Texts that a provider approved before: read from it, kept, filled, refused when unfit."""

from hudhud.core.inboxes import SCOPE
from hudhud.core.templates.filling import Standing, filled, standing
from hudhud.core.templates.fitness import fitted, refuse_unfit
from hudhud.core.templates.scoping import find_scope, name_scope
from hudhud.core.templates.shown import form_of, told
from hudhud.core.templates.syncing import ask, sync

__all__ = [
    "SCOPE",
    "Standing",
    "ask",
    "filled",
    "find_scope",
    "fitted",
    "form_of",
    "name_scope",
    "refuse_unfit",
    "standing",
    "sync",
    "told",
]
