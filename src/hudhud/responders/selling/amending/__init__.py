"""A reply that changes what is in the cart."""

from hudhud.responders.selling.amending.applying import amended

__all__ = ["amended"]
