"""The weights that rank the occupations of a title and say how sure the first is, read from `title_model.json`."""

import json
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from taxonomy.frozen import frozen

PLAIN = (
    "nearest", "second", "support", "titles", "spelling", "head", "speech", "same_title", "slip", "classified", "vote",
    "employment",
)  # fmt: skip
# A word that no title has was most likely mistyped: then spelling tells more, and is weighed apart.
OF_NEW_WORDS = ("nearest", "titles", "spelling", "speech", "slip", "classified", "vote")
AT = {name: place for place, name in enumerate(PLAIN)}
FEATURES = (*PLAIN, *(f"{name}_of_new_word" for name in OF_NEW_WORDS))
# Beside the share of the first: how much of what was said its nearest title has ("said"), how much of that title was
# said ("listed"), whether all that was said stands in a longer title ("within": a word was left out, and nothing said
# speaks against it), how much of what was said hardly any title has (a sommelier is no coffee sommelier), and, where a
# word is in none, how like it is spelled; whether a word was put right, and the chance that another was meant.
CERTAINTY = (
    "log_odds", "said", "listed", "within", "log_odds_of_within", "hardly_known", "log_odds_of_hardly_known",
    "new_word", "log_odds_of_new_word", "slip_of_new_word", "put_right", "doubt",
)  # fmt: skip


@frozen
class TitleModel:
    """Weights by feature, and the line that says how probable the first SOC occupation is."""

    weights: tuple[float, ...]
    certainty: tuple[float, ...]  # added log-odds for each point of what `CERTAINTY` names
    base: float


@cache
def load_title_model() -> TitleModel:
    """The fitted model beside this module.

    Raises:
        ValueError: it was fitted for other features than this code computes.
    """
    stored = json.loads(files(__package__).joinpath("title_model.json").read_text("utf-8"))
    if tuple(stored["weights"]) != FEATURES or tuple(stored["certainty"]) != CERTAINTY:
        raise ValueError("title_model.json was fitted for other features; run matching.resolve.training again")
    return TitleModel(tuple(stored["weights"].values()), tuple(stored["certainty"].values()), stored["base"])


def log_odds(share: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The log-odds of shares, kept finite."""
    share = np.clip(share, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(share / (1 - share)))
