"""The commands and their options; each hands over to a module of its own."""

import sys

import typer

from app.cli import audit, data, demo, keys, list_of_people, one_person, service, words
from app.cli.faults import report

program = typer.Typer(
    name="stackway",
    help="Plans of stackable credentials into better-paid work, with evidence, funding and reasons.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

program.command("match")(one_person.match)
program.command("explain")(one_person.explain)
program.command("eligibility")(one_person.eligibility)
program.command("batch")(list_of_people.batch)
program.command("resolve")(words.resolve)
program.add_typer(data.program, name="data")
program.command("serve")(service.serve)
program.command("worker")(service.worker)
program.add_typer(service.database, name="db")
program.add_typer(keys.program, name="keys")
program.add_typer(audit.program, name="audit")
program.add_typer(words.evaluate, name="evaluate")
program.command("bench")(service.bench)
program.command("demo")(demo.demo)


def run() -> None:
    """Run the command line; every fault ends in a line of words and an exit code."""
    try:
        program()
    except Exception as error:  # noqa: BLE001 # the last resort: no traceback for people
        sys.exit(report(error))
