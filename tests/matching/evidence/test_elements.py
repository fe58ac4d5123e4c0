"""The five elements: yes and no need a source about this very offering; all else is unknown."""

from collections.abc import Callable
from typing import Any

import pytest

from matching.evidence.dossier import Dossier
from matching.evidence.elements import ELEMENTS, elements_of_program, elements_of_support
from taxonomy.studies import Support


def test_nothing_known_is_unknown_and_has_no_source(a_program: Callable[..., Any]) -> None:
    elements, source = elements_of_program(a_program(), [])

    assert elements == dict.fromkeys(ELEMENTS, "unknown")
    assert source is None


def test_a_study_checked_element_by_element_gives_yes_and_no(
    a_program: Callable[..., Any], a_study: Callable[..., Any]
) -> None:
    study = a_study(elements=("screening", "employer_ties"), elements_checked=True)

    elements, source = elements_of_program(a_program(), [Dossier(study)])

    assert elements == {
        "screening": "yes",
        "training": "no",
        "career_readiness": "no",
        "supports": "no",
        "employer_ties": "yes",
    }
    assert source == "https://example.org/s"


def test_elements_attributed_to_a_group_of_programs_stay_unknown(
    a_program: Callable[..., Any], a_study: Callable[..., Any]
) -> None:
    unchecked = a_study(elements=ELEMENTS, elements_checked=False)

    elements, source = elements_of_program(a_program(), [Dossier(unchecked)])

    assert set(elements.values()) == {"unknown"}
    assert source is None


@pytest.mark.parametrize(
    ("changes", "training"),
    [
        ({"credential_id": "lvn", "award": "license"}, "yes"),
        ({"credential_id": None, "award": "license"}, "unknown"),
        ({"credential_id": "lvn", "award": "none"}, "unknown"),
        ({"credential_id": "lvn", "award": None}, "unknown"),
    ],
)
def test_training_is_yes_only_for_a_known_credential(
    changes: dict[str, Any], training: str, a_program: Callable[..., Any]
) -> None:
    elements, source = elements_of_program(a_program(**changes), [])

    assert elements["training"] == training
    assert source == ("list-1" if training == "yes" else None)


def test_a_registered_apprenticeship_has_training_and_an_employer_by_rule(a_program: Callable[..., Any]) -> None:
    elements, source = elements_of_program(a_program(kind="apprenticeship"), [])

    assert (elements["training"], elements["employer_ties"]) == ("yes", "yes")
    assert elements["supports"] == "unknown"
    assert source == "29 CFR 29.5(b), if the program is registered"


def test_an_intermediary_shows_what_it_is_recorded_to_give_and_to_ask(quest: Support) -> None:
    elements, source = elements_of_support(quest, [])

    assert (elements["supports"], elements["screening"], elements["training"]) == ("yes", "yes", "unknown")
    assert source == quest.source
