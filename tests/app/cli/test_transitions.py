"""`stackway evaluate transitions`."""

from tests.app.cli.conftest import Stackway


def test_without_related_occupations_it_says_what_to_install(stackway: Stackway) -> None:
    outcome = stackway("evaluate", "transitions")

    assert outcome.code == 2
    assert "stackway data install" in outcome.err
