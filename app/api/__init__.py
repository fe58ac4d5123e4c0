"""HTTP: what comes in, what goes out, and how faults are told. The only user of pydantic besides the settings."""
