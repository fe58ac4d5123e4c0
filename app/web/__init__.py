"""Pages for people, read only: what can be asked, the studies, the rules. No scripts, nothing from elsewhere."""
