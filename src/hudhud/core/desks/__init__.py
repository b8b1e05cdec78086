"""What a merchant sets for people: desks, who sits there, when, and what is given to them."""
