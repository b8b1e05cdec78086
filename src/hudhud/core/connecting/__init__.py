"""An account of a provider becomes an inbox, and is tried live."""

from hudhud.core.connecting.connect import checked, connect, opened, problems_of

__all__ = ["checked", "connect", "opened", "problems_of"]
