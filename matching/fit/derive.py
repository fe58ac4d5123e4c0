"""Transition probabilities of every pair of occupations, computed once at install and stored in the snapshot.

The chance is a property of two occupations, not of a person, so nothing of it is left to compute at answer time.
"""

import numpy as np
import numpy.typing as npt

from matching.fit.features import list_features, richest_kind
from matching.fit.likeness import list_likenesses, rated_rows
from matching.fit.weights import digest_of, probability, read_weights, shipped_text
from taxonomy.snapshot import Contents


def derive_transition_arrays(contents: Contents, weights_text: str | None = None) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays `TransitionModel` serves from: probabilities, and the digest of the weights that gave them."""
    text = shipped_text() if weights_text is None else weights_text
    occupations = contents.tables["occupations"]
    chance = np.full((len(occupations), len(occupations)), np.nan, np.float32)
    rows = rated_rows(contents)
    if len(rows):
        likenesses = list_likenesses(contents)
        weights = read_weights(text)[richest_kind(likenesses)]
        features = list_features(weights.kind, likenesses, [occupations[row] for row in rows])
        chance[np.ix_(rows, rows)] = probability(weights.log_odds(features))
        chance[rows, rows] = 1.0  # staying in an occupation is no move
    return {
        "transition_probability": chance,
        "transition_weights": np.frombuffer(bytes.fromhex(digest_of(text)), np.uint8),
    }
