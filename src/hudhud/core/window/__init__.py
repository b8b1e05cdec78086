"""What may leave when: the reply window."""

from hudhud.core.window.rule import CLOSED, Ended, Keeps, Window, ended, window_of

__all__ = ["CLOSED", "Ended", "Keeps", "Window", "ended", "window_of"]
