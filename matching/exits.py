"""Exits: the jobs each program may open, as the snapshot links them, before a person is known."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, pairwise

import numpy as np
import numpy.typing as npt

from matching.coded import Coded
from matching.occupations import Occupations
from taxonomy.credentials import Credential
from taxonomy.frozen import frozen, names_of
from taxonomy.snapshot import Snapshot

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Known = Mapping[str, Credential]  # credentials by id

# Snapshots of earlier versions tie a silent program to the jobs of its field of study ("crosswalk"); ours classify it.
_BASES = ("credential", "declared", "classified", "crosswalk")
# Links the linker holds back that a person's own schooling or experience can make good: the openings test both.
_DECIDED_PER_PERSON = ("above_award", "experience_needed")

# A field of study alone names the right job for 71 % of Texas programs; spread over three jobs or more it is a guess
# (the linker gives such links 0.3 divided by the number of jobs).
_LEAST_CONFIDENCE = 0.15

# Credentials that are themselves the ticket to the job they open, where others only speak for the holder.
TICKETS = ("license", "apprenticeship_certificate", "degree")


@frozen
class ExitLink:
    """A job a program may open, and how sure that is.

    `licensed`: the credential is what the job asks for, whatever the usual schooling. `examined`: it is given by an
    exam, so that the length of the course says little.
    """

    occupation: int
    basis: str  # credential | declared | classified | crosswalk
    confidence: float  # that the program leads to this job, as the linker judged it
    licensed: bool
    examined: bool


@frozen
class Exits:
    """The links of every program, each distinct link kept once."""

    of_program: Coded[tuple[ExitLink, ...]]
    links: tuple[ExitLink, ...]
    link_rows: Ints  # distinct sets of links x most links: indexes into `links`, -1 where a set has fewer

    def __getitem__(self, row: int) -> tuple[ExitLink, ...]:
        return self.of_program[row]

    def __iter__(self) -> Iterator[tuple[ExitLink, ...]]:
        return iter(self.of_program)


@frozen(eq=False)
class _Links:
    """Links between programs and jobs, as columns."""

    program: Ints  # row
    job: Ints  # row of the occupation, -1 where it is not known
    basis: Ints  # place in `_BASES`
    confidence: Floats
    licensed: Bools
    examined: Bools

    def take(self, rows: Ints) -> "_Links":
        """Some of the links."""
        return _Links(*(getattr(self, name)[rows] for name in names_of(self)))

    def records(self) -> Iterator[tuple[int, int, float, bool, bool]]:
        """What an `ExitLink` is made of."""
        return zip(*(getattr(self, name).tolist() for name in names_of(self)[1:]), strict=True)


def read_exits(snapshot: Snapshot, occupations: Occupations, named: Coded[str | None], known: Known) -> Exits:
    """The exits of a snapshot: of each program the links of its strongest basis, plainest job first.

    Args:
        snapshot: links programs with jobs.
        occupations: the jobs.
        named: id of the credential of each program.
        known: the credentials by id.
    """
    links = _usable_links(snapshot, occupations, named, known)
    links = links.take(_strongest(links, len(named)))
    distinct = Coded(links.records())
    made = tuple(
        ExitLink(job, _BASES[basis], confidence, licensed, examined)
        for job, basis, confidence, licensed, examined in distinct.values
    )
    numbers, ends = distinct.code.tolist(), np.cumsum(np.bincount(links.program, minlength=len(named))).tolist()
    sets = Coded(tuple(numbers[start:end]) for start, end in pairwise([0, *ends]))
    rows = np.full((len(sets.values), max(map(len, sets.values), default=0)), -1, np.int64)
    for row, members in zip(rows, sets.values, strict=True):
        row[: len(members)] = members
    return Exits(sets.map(lambda members: tuple(made[number] for number in members)), made, rows)


def _usable_links(snapshot: Snapshot, occupations: Occupations, named: Coded[str | None], known: Known) -> _Links:
    """The links that may open a job, those of each program together and its plainest job first."""
    table = snapshot.table("program_occupations")
    program = _places(snapshot.programs.strings("id"), table.strings("program_id"))
    job = _places(occupations.codes, table.strings("onet_code"))
    basis = Coded(table.strings("basis")).ints(lambda name: _BASES.index(name or ""))
    confidence = table.numbers("confidence")
    a_job = (job >= 0) & ~np.array([bool(why) for why in occupations.barred], np.bool_)[job]
    guess = (basis == _BASES.index("crosswalk")) & (confidence < _LEAST_CONFIDENCE)
    decided = Coded(table.strings("reason")).where(lambda reason: reason in _DECIDED_PER_PERSON)
    own = basis == _BASES.index("credential")
    links = _Links(
        program=program,
        job=job,
        basis=basis,
        confidence=confidence,
        licensed=own & _whose(named, known, lambda credential: credential.kind in TICKETS)[program],
        examined=own & _whose(named, known, lambda credential: credential.exam_name is not None)[program],
    )
    links = links.take(np.flatnonzero(a_job & ~guess & ((table.numbers("usable") > 0) | decided)))
    rank = _ranks(occupations, named, known)[named.code[links.program], links.job]
    plain = (links.job, occupations.education[links.job], -links.confidence, rank)
    return links.take(np.lexsort((*plain, links.basis, links.program)))


def _places(names: Sequence[str | None], wanted: Sequence[str | None]) -> Ints:
    """Where each of the wanted stands among some names, -1 where it does not."""
    place = dict(zip(names, count()))
    return np.array([place.get(name, -1) for name in wanted], np.int64)


def _whose(named: Coded[str | None], known: Known, test: Callable[[Credential], bool]) -> Bools:
    """Which programs lead to a credential that passes a test."""
    return named.where(lambda name: name is not None and name in known and test(known[name]))


def _ranks(occupations: Occupations, named: Coded[str | None], known: Known) -> Ints:
    """How plain each job is among those that each credential of `named` opens; after all where it opens none."""
    ranks = np.full((len(named.values), len(occupations.codes)), len(occupations.codes), np.int64)
    for row, name in zip(ranks, named.values, strict=True):
        credential = known.get(name or "")
        for rank, code in enumerate(credential.opens if credential else ()):
            if code in occupations.row:
                row[occupations.row[code]] = rank
    return ranks


def _strongest(links: _Links, programs: int) -> Ints:
    """The links of the strongest basis a program has: what its credential opens, else what its provider declares."""
    first = np.full(programs, -1)
    starts = np.flatnonzero(np.diff(links.program, prepend=-1))
    first[links.program[starts]] = links.basis[starts]
    return np.flatnonzero(links.basis == first[links.program])
