"""Texts that a provider approved before: read from it, kept, filled, refused when unfit."""

from hudhud.core.templates.filling import Standing, filled, standing
from hudhud.core.templates.fitness import fitted, refuse_unfit
from hudhud.core.templates.syncing import ask, sync

__all__ = ["Standing", "ask", "filled", "fitted", "refuse_unfit", "standing", "sync"]
