"""A merchant's own programs hear what becomes of orders: signed, in order, until they take it."""
