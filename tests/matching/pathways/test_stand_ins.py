"""What a program counts as where its list is silent: figures of its nearest peers, or of all."""

from dataclasses import replace

import numpy as np
import pytest

from matching.config import MatchConfig
from matching.pathways.stand_ins import LEAST_PEERS, StandIns
from matching.world import World

CONFIG = MatchConfig()


@pytest.mark.parametrize("figure", ["weeks", "tuition", "hours_per_week"])
def test_a_stand_in_is_the_quantile_of_the_nearest_group_with_figures_enough(starter_world: World, figure: str) -> None:
    programs = starter_world.catalog.programs
    figures = getattr(programs, figure)
    stand_ins = StandIns.from_catalog(starter_world.catalog, CONFIG)
    expected = []
    for row in range(len(figures)):
        credential, award = programs.credential[row], programs.award[row]
        same_credential = [credential is not None and other == credential for other in programs.credential]
        same_award = [other == award for other in programs.award]
        peers = [figures[np.array(group) & np.isfinite(figures)] for group in (same_credential, same_award)]
        nearest = next((own for own in peers if len(own) >= LEAST_PEERS), figures[np.isfinite(figures)])
        expected.append(np.quantile(nearest, CONFIG.unknown_length_quantile))

    found = getattr(stand_ins, "price" if figure == "tuition" else figure)

    assert found.tolist() == expected


def test_without_a_single_figure_a_stand_in_is_nothing(starter_world: World) -> None:
    catalog = starter_world.catalog
    silent = replace(catalog.programs, weeks=np.full(len(catalog.programs.weeks), np.nan))

    stand_ins = StandIns.from_catalog(replace(catalog, programs=silent), CONFIG)

    assert not stand_ins.weeks.any()
