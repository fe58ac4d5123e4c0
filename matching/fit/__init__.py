"""How far a person is from what an occupation needs: the one-sided gap, which extra skill never widens."""
