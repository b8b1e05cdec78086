"""Assistants: made, drafted, rehearsed, published."""
