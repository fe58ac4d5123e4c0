"""Exits: the jobs each program may open, as the snapshot links them, before a person is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.coded import Coded
from taxonomy.credentials import Credential
from taxonomy.snapshot import Snapshot

Ints = npt.NDArray[np.int64]

# Snapshots of earlier versions tie a silent program to the jobs of its field of study ("crosswalk"); ours classify it.
_BASES = ("credential", "declared", "classified", "crosswalk")
# Links the linker holds back that a person's own schooling or experience can make good: the openings test both.
_DECIDED_PER_PERSON = ("above_award", "experience_needed")

# A field of study alone names the right job for 71 % of Texas programs; spread over three jobs or more it is a guess
# (the linker gives such links 0.3 divided by the number of jobs).
_LEAST_CONFIDENCE = 0.15

# Credentials that are themselves the ticket to the job they open, where others only speak for the holder.
_TICKETS = ("license", "apprenticeship_certificate", "degree")


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Exits:
    """The links of every program, each distinct link kept once."""

    of_program: Coded[tuple[ExitLink, ...]]
    links: tuple[ExitLink, ...]
    link_rows: Ints  # distinct sets of links x most links: indexes into `links`, -1 where a set has fewer

    def __getitem__(self, row: int) -> tuple[ExitLink, ...]:
        return self.of_program[row]

    def __iter__(self) -> Iterator[tuple[ExitLink, ...]]:
        return iter(self.of_program)

    @classmethod
    def of(cls, sets: Sequence[tuple[ExitLink, ...]]) -> "Exits":
        """The exits of programs, given the links of each."""
        coded = Coded(sets)
        number = {link: i for i, link in enumerate(dict.fromkeys(link for links in coded.values for link in links))}
        rows = np.full((len(coded.values), max((len(links) for links in coded.values), default=0)), -1, np.int64)
        for row, links in zip(rows, coded.values, strict=True):
            row[: len(links)] = [number[link] for link in links]
        return cls(coded, tuple(number), rows)


def read_exits(
    snapshot: Snapshot,
    occupation_row: dict[str, int],
    education: Ints,
    barred: Sequence[str | None],
    credentials: dict[str, Credential],
) -> Exits:
    """The exits of a snapshot: of each program the links of its strongest basis, plainest job first."""
    programs = snapshot.programs
    row_of = {p: row for row, p in enumerate(programs.strings("id"))}
    named = programs.strings("credential_id")
    known = [credentials.get(i or "") for i in named]
    ticket = [c is not None and c.kind in _TICKETS for c in known]
    exam = [c is not None and c.exam_name is not None for c in known]
    plainest = {c.id: {o: rank for rank, o in enumerate(c.opens)} for c in credentials.values()}
    exits: list[list[tuple[tuple[float, ...], ExitLink]]] = [[] for _ in row_of]
    for program, code, basis, confidence, usable, reason in _links(snapshot):
        occupation = occupation_row.get(code)
        if occupation is None or barred[occupation]:
            continue
        guess = basis == "crosswalk" and confidence < _LEAST_CONFIDENCE
        if not guess and (usable or reason in _DECIDED_PER_PERSON):
            row = row_of[program]
            own = basis == "credential"
            rank = plainest.get(named[row] or "", {}).get(code, len(row_of))
            order = (_BASES.index(basis), rank, -confidence, float(education[occupation]))
            made = ExitLink(occupation, basis, confidence, own and ticket[row], own and exam[row])
            exits[row].append((order, made))
    ordered = ([link for _, link in sorted(e, key=lambda x: (x[0], x[1].occupation))] for e in exits)
    return Exits.of([_strongest(links) for links in ordered])


def _links(snapshot: Snapshot) -> Iterator[tuple[str, str, str, float, float, str | None]]:
    """Program, job, basis, confidence, whether usable, and why not, of every link: a record of each took far longer."""
    table = snapshot.table("program_occupations")
    program, code, basis, reason = (table.strings(name) for name in ("program_id", "onet_code", "basis", "reason"))
    confidence, usable = (table.numbers(name).tolist() for name in ("confidence", "usable"))
    for p, c, b, *rest in zip(program, code, basis, confidence, usable, reason, strict=True):
        yield p or "", c or "", b or "", *rest


def _strongest(links: list[ExitLink]) -> tuple[ExitLink, ...]:
    """The links of the strongest basis a program has: what its credential opens, else what its provider declares."""
    return tuple(link for link in links if link.basis == links[0].basis)
