"""A merchant's list of products comes in: read, shown before anything is written, then applied."""
