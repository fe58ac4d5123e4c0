"""The command line: `stackway …`. A command imports what it needs when it runs, so that `--help` is quick."""

import gc


def main() -> None:
    """Run the command line; every fault ends in a line of words and an exit code."""
    gc.disable()  # while it is loaded: all of that stays
    from app.cli.program import run

    gc.enable()
    run()
