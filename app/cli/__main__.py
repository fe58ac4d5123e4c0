"""`python -m app.cli`: the same as `stackway`, for where only the interpreter is known."""

from app.cli import main

main()
