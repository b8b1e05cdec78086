"""What is wanted: one wish, wishes that are parts of one, and one more of the same."""

from hudhud.responders.selling.wanted.another import another, made_so, of_other_size, of_the_last
from hudhud.responders.selling.wanted.parting import parted
from hudhud.responders.selling.wanted.wish import Wish

__all__ = ["Wish", "another", "made_so", "of_other_size", "of_the_last", "parted"]
