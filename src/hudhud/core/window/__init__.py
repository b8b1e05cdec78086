"""What may leave when: the reply window."""

from hudhud.core.window.rule import CLOSED, Keeps, Window, window_of

__all__ = ["CLOSED", "Keeps", "Window", "window_of"]
