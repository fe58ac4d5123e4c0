"""The fit: only the lexicon's own titles, the same result for the same titles."""

import json

import pytest

from matching.resolve.title_model import CERTAINTY, FEATURES, load_title_model
from matching.resolve.training import LEXICON_KINDS, fit_title_model
from taxonomy.occupations import Occupation, Title
from taxonomy.snapshot import Contents


def _titles(contents: Contents) -> tuple[list[Title], list[Occupation]]:
    return contents.tables["titles"], contents.tables["occupations"]


def test_titles_of_another_kind_are_refused(contents: Contents) -> None:
    titles, occupations = _titles(contents)

    with pytest.raises(ValueError, match="direct_match"):
        fit_title_model([*titles, Title("judge", "41-2011.00", "direct_match", "made-up")], occupations, ["made-up"])


def test_the_same_titles_give_the_same_model(contents: Contents) -> None:
    titles, occupations = _titles(contents)

    first = fit_title_model(titles, occupations, ["made-up"])

    assert first == fit_title_model(titles, occupations, ["made-up"])
    assert tuple(json.loads(first)["weights"]) == FEATURES
    assert tuple(json.loads(first)["certainty"]) == CERTAINTY


def test_the_shipped_model_was_fitted_for_these_features() -> None:
    model = load_title_model()

    assert len(model.weights) == len(FEATURES)
    assert len(model.certainty) == len(CERTAINTY)
    assert model.certainty[CERTAINTY.index("log_odds")] > 0
    assert frozenset({"occupation", "alternate", "reported", "lexicon"}) == LEXICON_KINDS
