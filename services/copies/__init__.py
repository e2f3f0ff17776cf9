"""Private copies of the basket: one for each person who tries something on their own."""
