"""Commands about what is sold."""
