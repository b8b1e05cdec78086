"""Hudhud (هدهد): takes each burst of messages as one, answers once, never loses a message."""

__version__ = "0.1.0"
