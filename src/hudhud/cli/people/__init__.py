"""Commands about people: those who write to us."""
