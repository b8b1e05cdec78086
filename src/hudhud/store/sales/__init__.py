"""What contacts choose and order, as rows: offers, carts, orders, and what a turn has done."""
