"""What is wanted: one wish, and wishes that are parts of one."""

from hudhud.responders.selling.wanted.parting import parted
from hudhud.responders.selling.wanted.wish import Wish

__all__ = ["Wish", "parted"]
