"""A made-up world of 36 occupations in six trades: near in ratings, words and codes within a trade."""

import numpy as np
import pytest

from taxonomy.occupations import Descriptor, Occupation, OccupationTechnology, RelatedOccupation, TaskStatement, Title
from taxonomy.snapshot import Contents

TRADES = ("weld", "nurse", "cook", "drive", "teach", "audit")
EACH = 6
UNRATED = len(TRADES) * EACH  # the last row has no ratings


def an_occupation(code: str, title: str, *, rated: bool = True, job_zone: int | None = 2) -> Occupation:
    return Occupation(
        onet_code=code,
        title=title,
        soc_code=code[:7],
        job_zone=job_zone,
        typical_education="associate" if rated else None,
        work_experience=None,
        on_the_job_training=None,
        growth_pct=None,
        openings_per_year=None,
        employment=None,
        projections_area=None,
        ratings_from=code if rated else None,
        barred=None,
        release="made-up",
        projections_release=None,
    )


@pytest.fixture
def contents() -> Contents:
    """Ratings, titles, technologies, tasks and related occupations of the made-up world."""
    rng = np.random.default_rng(7)
    world = Contents()
    tables = world.tables
    tables["tasks"] = []
    for t, trade in enumerate(TRADES):
        for i in range(EACH):
            code = f"{11 + 2 * t}-{1 + i // 3}01{i}.00"
            tables["occupations"].append(an_occupation(code, f"{trade} worker {'abcdef'[i] * 3}", job_zone=1 + i % 4))
            tables["titles"] += [
                Title(f"{trade} worker", code, "occupation", "made-up"),
                Title(f"senior {trade} hand", code, "alternate", "made-up"),
            ]
            tables["technologies"].append(OccupationTechnology(code, f"{trade} kit", hot=False, release="made-up"))
            tables["tasks"].append(TaskStatement(code, f"{trade} things with care, item {'abcdef'[i] * 2}", "made-up"))
    codes = [o.onet_code for o in tables["occupations"]]
    for row, code in enumerate(codes):
        mates = [c for c in codes[row // EACH * EACH :][:EACH] if c != code]
        strangers = [c for c in rng.permutation(codes) if c not in mates and c != code][:1]
        for rank, other in enumerate([*mates, *strangers], start=1):
            tables["related"].append(RelatedOccupation(code, str(other), rank, "made-up"))
    tables["occupations"].append(an_occupation("55-1011.00", "all other", rated=False, job_zone=None))
    tables["descriptors"] = [
        Descriptor(f"2.{k}.{j}", f"{kind} {j}", kind, "made-up")
        for k, kind in enumerate(("skill", "knowledge"))
        for j in range(4)
    ]
    centre = rng.uniform(1, 6, (len(TRADES), 8)).repeat(EACH, axis=0)
    blank = np.full((1, 8), np.nan)
    need = np.vstack([np.clip(centre + rng.normal(0, 0.6, centre.shape), 0, 7), blank])
    importance = np.vstack([np.clip(centre * 0.6 + rng.normal(0, 0.4, centre.shape), 1, 5), blank])
    world.arrays.update(need=need.astype(np.float32), importance=importance.astype(np.float32))
    return world
