"""What is done by hand to one product: it is made, changed, taken off sale, pictured."""
