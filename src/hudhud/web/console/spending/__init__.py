"""What models cost, as pages."""
