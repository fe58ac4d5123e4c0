"""The method: a profile in, plans out. `engine.match` is its one door and reads as the method on one screen.

Pure: arrays and frozen dataclasses in and out; no files of a user, no network, database, environment or clock. The
stages (resolve, capability, fit, eligibility, pathways, value, evidence, explain) never import each other.
`README.md` beside this file has the glossary, the formulae and a worked example.
"""
