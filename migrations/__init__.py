"""Schema changes, one dated file each. `app.db.migrate` runs them; they are safe for the version still serving."""

# The revision this version of the code works with. Written here, and held to the files by a test, so that a service
# that starts does not have to read them all.
NEWEST = "0008"
