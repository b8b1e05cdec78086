"""Commands that prove what Hudhud promises, by doing it."""
