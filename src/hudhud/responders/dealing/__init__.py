"""What no shelf settles: business, many of a thing and its price, and what may harm somebody."""

from hudhud.responders.dealing.answering import sell
from hudhud.responders.dealing.promised import quoted
from hudhud.responders.dealing.reading import deals

__all__ = ["deals", "quoted", "sell"]
