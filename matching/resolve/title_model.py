"""The weights that rank the occupations of a title and say how sure the first is, read from `title_model.json`."""

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PLAIN = (
    "nearest", "second", "support", "titles", "spelling", "head", "speech", "same_title", "slip", "classified", "vote",
)  # fmt: skip
# A word that no title has was most likely mistyped: then spelling tells more, and is weighed apart.
OF_NEW_WORDS = ("nearest", "titles", "spelling", "speech", "slip", "classified", "vote")
AT = {name: place for place, name in enumerate(PLAIN)}
FEATURES = (*PLAIN, *(f"{name}_of_new_word" for name in OF_NEW_WORDS))


@dataclass(frozen=True, slots=True)
class TitleModel:
    """Weights by feature, and the line that turns the share of the first into a calibrated probability."""

    weights: tuple[float, ...]
    slope: float  # on the log-odds of the share
    intercept: float


@cache
def load_title_model() -> TitleModel:
    """The fitted model beside this module.

    Raises:
        ValueError: it was fitted for other features than this code computes.
    """
    stored = json.loads(files(__package__).joinpath("title_model.json").read_text("utf-8"))
    if tuple(stored["weights"]) != FEATURES:
        raise ValueError("title_model.json was fitted for other features; run matching.resolve.training again")
    return TitleModel(tuple(stored["weights"].values()), stored["slope"], stored["intercept"])


def log_odds(share: float) -> float:
    """The log-odds of a share, kept finite."""
    share = min(max(share, 1e-9), 1 - 1e-9)
    return math.log(share / (1 - share))


def calibrate(share: float, model: TitleModel) -> float:
    """The probability that the first SOC occupation's share stands for: a line on its log-odds (Platt)."""
    return 1 / (1 + math.exp(-(model.slope * log_odds(share) + model.intercept)))
