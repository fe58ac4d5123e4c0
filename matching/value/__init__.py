"""What a path is worth in dollars over the horizon, against staying at the usual pay, in parts that add up."""
