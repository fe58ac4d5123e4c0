"""Schema changes, one dated file each. `app.db.migrate` runs them; they are safe for the version still serving."""
