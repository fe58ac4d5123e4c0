"""The command line: `stackway …`. A command imports what it needs when it runs, so that `--help` is quick."""

from app.cli.program import main

__all__ = ["main"]
