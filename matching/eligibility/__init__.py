"""Who may be served and who pays: rules over dated law, three-valued, with what would settle the open ones."""
