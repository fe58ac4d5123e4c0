"""Capability: what a person can do, as a level and a spread for each descriptor.

Levels are on O*NET's 0-7 scale. The formulae, and why:

* Prior. Nothing known about descriptor j means the mean level that occupations open to the person's education need,
  with the spread of those occupations. It is wide, and never zero.
* Experience. Work of m months in an occupation that needs level n moves the level from the prior towards n by
  1 - exp(-m / 12): quick at first, nearly all of it after three years. Skill not used fades by half in 15 years.
  It never moves down: a job that asks little does not unlearn.
* Credentials count as if a year had been worked in the plainest job they open.
* Stated skills lift a descriptor to the level they name.

The level is the highest of these, so more experience, a credential or a skill never lowers it, and order is without
meaning. The spread shrinks with the strongest evidence and never below a floor.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from taxonomy.frozen import frozen

Floats = npt.NDArray[np.float64]

LEARNING_MONTHS = 12.0  # time constant of learning on the job
FADING_YEARS = 15.0  # half-life of skill not used
CREDENTIAL_MONTHS = 12.0  # a credential certifies about entry level: a year's worth
SPREAD_FLOOR = 0.3  # O*NET's own standard errors of level are of this size


@frozen
class Experience:
    """Time in one occupation: row of the occupation, months in all, years since it ended."""

    occupation: int
    months: float
    years_since: float


@frozen
class Capability:
    """Level and spread per descriptor, both of shape (descriptors,), in O*NET level points."""

    level: Floats
    spread: Floats


def merge_experience(jobs: Sequence[Experience]) -> tuple[Experience, ...]:
    """Jobs of one occupation added up: months summed, the latest end kept."""
    merged: dict[int, Experience] = {}
    for job in sorted(jobs, key=lambda j: (j.occupation, j.months, j.years_since)):
        old = merged.get(job.occupation, Experience(job.occupation, 0.0, job.years_since))
        merged[job.occupation] = Experience(
            job.occupation, old.months + job.months, min(old.years_since, job.years_since)
        )
    return tuple(merged.values())


def assess_capability(
    need: npt.NDArray[np.float32],
    open_to_education: npt.NDArray[np.bool_],
    jobs: Sequence[Experience],
    credential_jobs: Sequence[int],
    stated: Sequence[tuple[int, float]],
) -> Capability:
    """Level and spread of a person.

    Args:
        need: occupations x descriptors, level needed, NaN where unrated.
        open_to_education: occupations whose typical education the person meets; at least one.
        jobs: work history by occupation.
        credential_jobs: rows of the plainest occupation each held credential opens.
        stated: (descriptor, level) of each skill the person named.
    """
    peers = need[open_to_education & ~np.isnan(need[:, 0])].astype(np.float64)
    if peers.size == 0:
        peers = need[~np.isnan(need[:, 0])].astype(np.float64)
    prior, spread = peers.mean(axis=0), peers.std(axis=0)
    level, trust = prior.copy(), np.zeros_like(prior)
    known = [*merge_experience(jobs), *(Experience(o, CREDENTIAL_MONTHS, 0.0) for o in credential_jobs)]
    for job in known:
        target = need[job.occupation].astype(np.float64)
        if np.isnan(target).any():
            continue
        share = (1.0 - np.exp(-job.months / LEARNING_MONTHS)) * 0.5 ** (job.years_since / FADING_YEARS)
        level = np.maximum(level, prior + share * np.maximum(0.0, target - prior))
        trust = np.maximum(trust, share)
    for descriptor, stated_level in stated:
        level[descriptor] = max(level[descriptor], stated_level)
        trust[descriptor] = max(trust[descriptor], 0.5)
    return Capability(level, np.maximum(SPREAD_FLOOR, spread * (1.0 - trust)))
