"""Selling: what a cart and an order may become is decided purely, and done thinly."""
