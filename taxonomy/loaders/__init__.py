"""One loader a publisher's file family: the published layout in, typed records and a load report out.

A loader never guesses. Every row left out and every cell repaired is in the report with file, line, column and reason.
"""
