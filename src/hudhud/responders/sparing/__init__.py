"""What must not be in a thing: the products that hold it, and those that are free of it."""

from hudhud.responders.sparing.batch import denied, kept, spared, without

__all__ = ["denied", "kept", "spared", "without"]
