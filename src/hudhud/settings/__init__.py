"""One frozen `Settings`, read once from the environment; each variable is declared once."""

from hudhud.settings.loading import PREFIX, declared, load
from hudhud.settings.variables import Settings

__all__ = ["PREFIX", "Settings", "declared", "load"]
