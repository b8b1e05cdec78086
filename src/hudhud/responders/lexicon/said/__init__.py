"""What people say, by what they mean: the phrases that reading looks for."""
