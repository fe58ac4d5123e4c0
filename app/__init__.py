"""The service and the command line around the method: HTTP, lists, database, settings and clock.

The only package that reads the environment, the clock or a database. It reads `matching` and `taxonomy`; neither reads
it.
"""
