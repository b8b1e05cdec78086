"""What is named by a word or two, weighed against what holds most of what was said."""

from hudhud.responders.weighing.named import told_more, weighed
from hudhud.responders.weighing.searched import searched

__all__ = ["searched", "told_more", "weighed"]
