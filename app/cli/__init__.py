"""The command line: `stackway …`. A command imports what it needs when it runs, so that `--help` is quick."""


def main() -> None:
    """Run the command line; every fault ends in a line of words and an exit code."""
    from app.cli.program import run

    run()
