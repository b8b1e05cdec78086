"""What answers need, looked up in three positions, with PostgreSQL near, far and slow (P4)."""
