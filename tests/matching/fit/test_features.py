"""Features are named, ordered and free of scale."""

from dataclasses import replace

import numpy as np
import pytest

from matching.fit.features import LIKENESSES, feature_names, list_features, richest_kind
from matching.fit.likeness import Matrix, list_likenesses, rated_rows
from taxonomy.snapshot import Contents


def features_of(contents: Contents, likenesses: dict[str, Matrix], kind: str) -> dict[str, Matrix]:
    occupations = [contents.tables["occupations"][row] for row in rated_rows(contents)]
    return dict(list_features(kind, likenesses, occupations))


@pytest.mark.parametrize("kind", LIKENESSES)
def test_features_come_in_the_order_of_their_names(contents: Contents, kind: str) -> None:
    features = features_of(contents, list_likenesses(contents), kind)

    assert tuple(features) == feature_names(kind)
    assert all(np.isfinite(matrix).all() for matrix in features.values())


def test_the_comparing_views_do_not_know_the_unit_of_a_likeness(contents: Contents) -> None:
    likenesses = list_likenesses(contents)
    stretched = likenesses | {"no_gap": likenesses["no_gap"] * 3 + 2}

    before, after = (features_of(contents, given, "plain") for given in (likenesses, stretched))

    for view in ("among_destinations", "among_origins"):
        np.testing.assert_allclose(before[f"no_gap:{view}"], after[f"no_gap:{view}"], atol=1e-4)
    np.testing.assert_allclose(
        before["no_gap:rank_among_destinations"], after["no_gap:rank_among_destinations"], atol=0.8
    )


def test_the_most_alike_destination_has_the_highest_rank_and_one_as_alike_shares_it(contents: Contents) -> None:
    likenesses = list_likenesses(contents)
    made = likenesses["name"] * 0
    made[0, 1], made[0, 2], made[0, 3] = 0.9, 0.9, 0.5

    ranked = features_of(contents, likenesses | {"name": made}, "plain")["name:rank_among_destinations"][0]

    assert ranked[1] == ranked[2] == pytest.approx(np.log(len(made)), rel=1e-6)
    assert ranked[1] > ranked[3] > ranked[4]


def test_steps_up_and_down_are_told_apart_and_an_unknown_zone_is_no_step(contents: Contents) -> None:
    occupations = contents.tables["occupations"]
    occupations[0] = replace(occupations[0], job_zone=1)
    occupations[1] = replace(occupations[1], job_zone=4)
    occupations[2] = replace(occupations[2], job_zone=None)

    features = features_of(contents, list_likenesses(contents), "plain")

    assert features["job_zones_up"][0, 1] == 3
    assert features["job_zones_down"][0, 1] == 0
    assert features["job_zones_down"][1, 0] == 3
    assert features["job_zones_up"][1, 0] == 0
    assert features["job_zones_up"][0, 2] == features["job_zones_down"][1, 2] == 0


def test_what_the_data_tell_decides_which_weights_speak(contents: Contents) -> None:
    kinds = [richest_kind(list_likenesses(contents))]
    contents.tables["tasks"] = []
    kinds.append(richest_kind(list_likenesses(contents)))
    contents.tables["titles"] = [t for t in contents.tables["titles"] if t.kind == "occupation"]
    kinds.append(richest_kind(list_likenesses(contents)))

    assert kinds == ["tasks", "titles", "plain"]
