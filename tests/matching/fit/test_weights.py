"""Weights speak only for the features they were fitted on."""

import json

import numpy as np
import pytest

from matching.fit.features import LIKENESSES, feature_names
from matching.fit.weights import Weights, digest_of, probability, read_weights, shipped_text


def test_the_weights_that_ship_cover_every_kind_of_data_and_carry_their_origin() -> None:
    shipped = json.loads(shipped_text())

    assert read_weights(shipped_text()).keys() == LIKENESSES.keys()
    assert shipped["releases"] == ["onet-30.1"]
    assert len(shipped["data_sha256"]) == 64


def test_weights_of_other_features_are_refused() -> None:
    model = json.loads(shipped_text())
    model["kinds"]["plain"]["weights"]["shoe_size"] = 1.0

    with pytest.raises(ValueError, match="fitted for other features"):
        read_weights(json.dumps(model))


def test_weights_of_a_kind_we_do_not_compute_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown kinds: horoscope"):
        read_weights('{"kinds": {"horoscope": {}}}')


def test_features_in_another_order_are_refused() -> None:
    names = feature_names("plain")
    weights = Weights("plain", dict.fromkeys(names, 0.0), 0.0, 1.0, 0.0)

    with pytest.raises(ValueError, match="where same_major_group was expected"):
        weights.log_odds([(name, np.zeros((2, 2), np.float32)) for name in reversed(names)])


def test_log_odds_are_the_calibrated_weighted_sum() -> None:
    names = feature_names("plain")
    weights = Weights("plain", {name: float(i) for i, name in enumerate(names)}, 3.0, 0.5, -1.0)

    log_odds = weights.log_odds([(name, np.full((1, 1), 2.0, np.float32)) for name in names])

    expected = 0.5 * (3.0 + 2.0 * sum(range(len(names)))) - 1.0
    np.testing.assert_allclose(log_odds, [[expected]], rtol=1e-6)
    np.testing.assert_allclose(probability(np.zeros((1, 1), np.float32)), [[0.5]])


def test_another_text_has_another_digest() -> None:
    assert digest_of("a") != digest_of("b")
