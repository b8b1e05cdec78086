"""Texts that a provider approved before: their rows, and the readings of its list."""
