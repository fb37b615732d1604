"""How many requests are worked on at once, and who is refused instead."""
