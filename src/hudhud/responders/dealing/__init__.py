"""Business that no shelf settles: many of a thing for a house, a feast or a shop, and its price."""

from hudhud.responders.dealing.answering import sell
from hudhud.responders.dealing.reading import deals

__all__ = ["deals", "sell"]
