"""What is told, and not only handed over, where something went wrong."""

from hudhud.responders.troubled.rows import asked_beside

__all__ = ["asked_beside"]
