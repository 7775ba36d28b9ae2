"""How good is it? Scores against gold, with what a reader of the scores needs to trust them."""
