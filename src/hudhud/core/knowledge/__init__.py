"""What a merchant wrote: documents cut into passages, and answered questions."""
