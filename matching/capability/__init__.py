"""What a person can do: a level and a spread for each descriptor, from work, schooling, credentials and skills.

Nothing known about a descriptor means the level usual at their schooling, with a wide spread: never zero.
"""
