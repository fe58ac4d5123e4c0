"""From programs to paths: screening by the facts of life, moves and the jobs they open, stacking, and the search.

The search keeps every path that no other beats in time, money, value, evidence and open questions.
"""
