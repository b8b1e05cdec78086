"""What every process of `hudhud` stands on, and those that serve."""
