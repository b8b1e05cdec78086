"""What models cost, and whose own code answers, for programs."""
