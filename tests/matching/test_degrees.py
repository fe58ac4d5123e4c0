"""A whole degree takes its school years; a shorter listing leaves something out."""

import numpy as np

from matching.coded import Coded
from matching.degrees import short_for_degree
from taxonomy.codes import Education


def test_which_lengths_are_short_for_a_degree() -> None:
    degrees = np.array([Education.ASSOCIATE, Education.ASSOCIATE, Education.BACHELOR, 0, Education.ASSOCIATE])
    weeks = np.array([59.0, 60.0, 100.0, 10.0, np.nan])
    named = Coded(["whole"] * 5)

    assert short_for_degree(degrees, weeks, named, frozenset()).tolist() == [True, False, True, False, False]
    assert not short_for_degree(degrees, weeks, named, frozenset({"whole"})).any()  # a bridge stands on another
