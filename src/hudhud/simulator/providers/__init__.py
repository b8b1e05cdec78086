"""One module per provider: what its webhooks look like, and how they prove whence they come."""
