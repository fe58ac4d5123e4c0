"""How often jobs of courses are named as their providers would, on providers held out.

Truth is what providers declare, and they are not always right: a job no provider declared may be a good one, and a
declared one a poor one. So these are figures of agreement. A course may declare up to three jobs.
"""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from taxonomy.frozen import frozen
from taxonomy.linking.job_courses import evidence_of, list_courses
from taxonomy.linking.job_evidence import FEATURES, Candidates, Course
from taxonomy.linking.job_model import SURE_ENOUGH, JobModel, hide_peers, shipped_model
from taxonomy.linking.job_training import split
from taxonomy.snapshot import Snapshot

Floats = npt.NDArray[np.float64]
Score = Callable[[Candidates], Floats]

_DRAWS = 400  # of providers, for the intervals; the ends move by about 0.005 with more
_SEED = 20_260_101
_BINS = 10
_IN = 5


@frozen
class Interval:
    """A share, and between which values 95 of 100 draws of providers put it. None where nothing was counted."""

    value: float | None
    low: float | None
    high: float | None


@frozen
class Ranking:
    """One way to name the jobs of a course, over the courses of providers held out."""

    name: str
    first: Interval  # the job put first is declared
    in_five: Interval  # one of the first five is
    precision: Interval  # of the jobs given at least the least score, those declared
    recall: Interval  # of the jobs declared, those given at least it
    least: float
    courses: int
    providers: int
    jobs_given: int
    jobs_declared: int


@frozen
class ReliabilityBin:
    """Jobs given a probability in one tenth: what was said, and what was so."""

    low: float
    high: float
    jobs: int
    mean_probability: float
    share_declared: float


@frozen
class JobEvaluation:
    """All figures, and whether the snapshot is the one the shipped weights were fitted on."""

    rankings: tuple[Ranking, ...]
    reliability: tuple[ReliabilityBin, ...]


def evaluate_jobs(snapshot: Snapshot, model: JobModel | None = None) -> JobEvaluation:
    """Name the jobs of courses whose providers the model has not seen, from words, field and others' courses.

    Raises:
        ValueError: no list of the snapshot declares jobs, or none of the providers held out does.
    """
    used = model or shipped_model()
    shown, hidden = split(list_courses(snapshot))
    asked = [course for course in hidden if course.declared]
    if not asked or not any(course.declared for course in shown):
        raise ValueError("no list of programs with declared occupations is installed")
    found = evidence_of(snapshot, shown).candidates(asked)
    alone = [Candidates(one.codes, hide_peers(one.features)) for one in found]
    share, title, peers = (FEATURES.index(name) for name in ("field_share", "name_title", "peers_field"))
    rankings = (
        _ranking("classifier", asked, found, used.probabilities, SURE_ENOUGH),
        _ranking("classifier, other providers hidden", asked, alone, used.probabilities, SURE_ENOUGH),
        _ranking("field of study (crosswalk) alone", asked, found, lambda c: c.features[:, share], 1e-9),
        _ranking("likest job title alone", asked, found, lambda c: c.features[:, title], 0.5),
        _ranking("same field at other providers alone", asked, found, lambda c: c.features[:, peers], SURE_ENOUGH),
    )
    return JobEvaluation(rankings, _reliability(asked, found, used))


def _ranking(name: str, courses: Sequence[Course], found: Sequence[Candidates], score: Score, least: float) -> Ranking:
    """Counts a course: the first is right, one of five is, jobs given, right ones of them, declared, and one."""
    counts = np.array([_counts(c, one, score(one), least) for c, one in zip(courses, found, strict=True)], np.float64)
    providers, of_course = np.unique([c.provider_id for c in courses], return_inverse=True)
    totals = np.zeros((len(providers), counts.shape[1]))
    np.add.at(totals, of_course, counts)
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) + _SEED
    chosen = np.random.default_rng(seed).integers(0, len(providers), (_DRAWS, len(providers)))
    drawn = totals[chosen].sum(axis=1)
    whole = totals.sum(axis=0)

    def share(part: int, of: int) -> Interval:
        if not whole[of]:
            return Interval(None, None, None)
        with np.errstate(invalid="ignore", divide="ignore"):  # a draw without any such provider has no share
            low, high = np.nanquantile(drawn[:, part] / drawn[:, of], (0.025, 0.975))
        return Interval(float(whole[part] / whole[of]), float(low), float(high))

    return Ranking(
        name=name,
        first=share(0, 5),
        in_five=share(1, 5),
        precision=share(3, 2),
        recall=share(3, 4),
        least=least,
        courses=len(courses),
        providers=len(providers),
        jobs_given=int(whole[2]),
        jobs_declared=int(whole[4]),
    )


def _counts(course: Course, found: Candidates, score: Floats, least: float) -> tuple[int, ...]:
    order = np.argsort(-score, kind="stable")
    right = [found.codes[row] in course.declared for row in order if score[row] > 0]
    given = int((score >= least).sum())
    return (any(right[:1]), any(right[:_IN]), given, sum(right[:given]), len(course.declared), 1)


def _reliability(courses: Sequence[Course], found: Sequence[Candidates], model: JobModel) -> tuple[ReliabilityBin, ...]:
    said = np.concatenate([model.probabilities(one) for one in found])
    so = np.concatenate([[code in c.declared for code in one.codes] for c, one in zip(courses, found, strict=True)])
    tenth = np.minimum((said * _BINS).astype(int), _BINS - 1)
    return tuple(
        ReliabilityBin(
            low=k / _BINS,
            high=(k + 1) / _BINS,
            jobs=int(inside.sum()),
            mean_probability=float(said[inside].mean()),
            share_declared=float(so[inside].mean()),
        )
        for k in range(_BINS)
        if (inside := tenth == k).any()
    )
