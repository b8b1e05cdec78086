"""What a contact's own words allow: a model that obeys a product's text is not the contact."""

from hudhud.responders.consenting.asking import may_book, may_cancel
from hudhud.responders.consenting.owning import Owned

__all__ = ["Owned", "may_book", "may_cancel"]
