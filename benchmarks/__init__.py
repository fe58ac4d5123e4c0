"""What is measured, as ratios within one run, because machines differ."""
