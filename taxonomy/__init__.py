"""Vocabularies and official data: typed records, loaders, and the snapshot they are compiled into. Knows files only.

`assemble` makes the contents from files and the starter set, `store` keeps snapshots and says which is in use.
`README.md` beside this file names every source, its licence and its gaps.
"""
