"""Pages for people: today one start page that lists what the service can do. No scripts, nothing from elsewhere."""
