"""What was said before the window of a history, in a few sentences."""
