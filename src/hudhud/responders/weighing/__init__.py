"""What is named by a word or two, weighed against what holds most of what was said."""

from hudhud.responders.weighing.named import told_more, weighed

__all__ = ["told_more", "weighed"]
