"""What models cost: by merchant, day and model, and by conversation."""
