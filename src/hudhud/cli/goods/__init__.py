"""Commands of what a merchant sells."""
