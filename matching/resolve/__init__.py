"""From a person's words to codes: titles, skills, credentials and programs.

Every result keeps the words as given, the runners-up, and whether a person should confirm it.
"""
