"""Profiles to answers: the installed data, made ready once a process."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path
from typing import Protocol

from app.errors import ConfigurationError
from app.settings import Settings
from matching.answer import Answer, Candidate, Resolved
from matching.config import METHOD_VERSION, MatchConfig
from matching.eligibility.report import EligibilityReport, explain_eligibility
from matching.engine import match, solve
from matching.jobs_named import read_ahead
from matching.places import law_area
from matching.resolve.credentials import NOT_HELD
from matching.resolve.prefixes import Suggestion
from matching.resolve.skills import NOT_HAD, noted_level
from matching.seeker import HeldCredential, Seeker
from matching.trace import Trace, trace_of
from matching.why_not import WhyNot, explain_why_not
from matching.wording import in_language
from matching.world import World
from taxonomy.frozen import frozen
from taxonomy.loaders.law_review import list_due
from taxonomy.snapshot import Snapshot, SnapshotError
from taxonomy.store import Store


class Words(StrEnum):
    """What words can be resolved to."""

    TITLES = "titles"
    SKILLS = "skills"
    CREDENTIALS = "credentials"
    PROGRAMS = "programs"
    PROVIDERS = "providers"


@frozen
class WordsRead:
    """One thing that a text names. `code` None: nothing sure, and `note` says why, or that it is denied."""

    text: str
    code: str | None
    title: str | None
    level: str | None  # of a skill: basic, intermediate, advanced, or None where none was said
    valid: bool | None  # of a credential: None where somebody should check
    note: str | None
    confirm: bool
    candidates: tuple[Candidate, ...]


@frozen
class Resolution:
    """What one text was taken for; `confirm` says that a person should check it.

    `candidates` are those of all that the text names, the likeliest of each first; what it denies is not among them.
    """

    text: str
    candidates: tuple[Candidate, ...]
    confirm: bool
    readings: tuple[WordsRead, ...] = ()


@frozen
class Explanation:
    """What became of the programs for one person, and of those that lead to one code where one was named."""

    as_of: str
    snapshot: str
    method_version: str
    why_not: WhyNot | None
    trace: Trace


class Engine(Protocol):
    """What the service needs of the method."""

    @property
    def snapshot(self) -> Snapshot:
        """The data answers are made from."""

    def answer(self, seeker: Seeker, today: date, max_plans: int | None = None, language: str = "en") -> Answer:
        """Plans for one person, its sentences in a language; at most `max_plans` where given."""

    def read_ahead(self, seekers: Iterable[Seeker], today: date) -> None:
        """Read the words of several people together, before each is answered: the same answers in less time."""

    def screen(self, seeker: Seeker, today: date, language: str = "en") -> EligibilityReport:
        """How each funding stream looks for one person."""

    def explain(self, seeker: Seeker, today: date, why_not: str | None = None, language: str = "en") -> Explanation:
        """What became of the programs, and why a code is not among the plans."""

    def resolve(self, kind: Words, texts: Sequence[str], top: int, today: date) -> list[Resolution]:
        """The codes each text may mean, likeliest first; at most `top`."""

    def suggest(self, kind: Words, beginning: str, top: int) -> tuple[Suggestion, ...]:
        """Names with a word that begins so; at most `top`."""


class MatchEngine:
    """The method on one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._world = World.from_snapshot(snapshot)
        self._config = MatchConfig()

    @property
    def snapshot(self) -> Snapshot:
        """The data answers are made from."""
        return self._snapshot

    def answer(self, seeker: Seeker, today: date, max_plans: int | None = None, language: str = "en") -> Answer:
        """Plans for one person, its sentences in a language; at most `max_plans` where given."""
        config = self._config if max_plans is None else replace(self._config, max_plans=max_plans)
        return in_language(match(seeker, self._world, config, today), language)

    def read_ahead(self, seekers: Iterable[Seeker], today: date) -> None:
        """Read the words of several people together, before each is answered: the same answers in less time."""
        read_ahead(seekers, self._world, today)

    def screen(self, seeker: Seeker, today: date, language: str = "en") -> EligibilityReport:
        """How each funding stream looks for one person, before any program is looked at."""
        place = self._world.catalog.places.find_zip(seeker.location.zip)
        area = law_area(place)
        due = list_due(self._world.law.in_force(area, today).values(), today)
        return in_language(explain_eligibility(seeker, self._world.law, today, area, due=due), language)

    def explain(self, seeker: Seeker, today: date, why_not: str | None = None, language: str = "en") -> Explanation:
        """What became of the programs, and why a code is not among the plans; one search for both."""
        solution = solve(seeker, self._world, self._config, today)
        asked = None if why_not is None else explain_why_not(why_not, solution, self._world)
        said = in_language(asked, language)
        return Explanation(today.isoformat(), self._snapshot.digest, METHOD_VERSION, said, trace_of(solution))

    def resolve(self, kind: Words, texts: Sequence[str], top: int, today: date) -> list[Resolution]:
        """The codes each text may mean, likeliest first; at most `top`."""
        if kind is not Words.TITLES:
            return [_resolution(text, self._readings(kind, text, top, today), top) for text in texts]
        # Read together, titles take a quarter of their time alone.
        found = self._world.resolver.resolve_titles(texts, top, today)
        return [_resolution(text, (_read(read, top),), top) for text, read in zip(texts, found, strict=True)]

    def suggest(self, kind: Words, beginning: str, top: int) -> tuple[Suggestion, ...]:
        """Names with a word that begins so, the ones that themselves do first; at most `top`."""
        return self._world.resolver.suggest(kind.value, beginning, top)

    def _readings(self, kind: Words, text: str, top: int, today: date) -> tuple[WordsRead, ...]:
        resolver = self._world.resolver
        if kind is Words.CREDENTIALS:
            held = resolver.resolve_credentials(HeldCredential(text), today)
            return tuple(_read(h.resolved, top, valid=h.valid) for h in held)
        if kind is Words.SKILLS:
            return tuple(_read(r, top) for r in resolver.resolve_skill(text, today=today))
        if kind is Words.PROGRAMS:
            return (_read(resolver.resolve_program(text, top), top),)
        return (_read(resolver.resolve_provider(text, top), top),)


def _resolution(text: str, readings: tuple[WordsRead, ...], top: int) -> Resolution:
    named = (r.candidates for r in readings if r.note not in (NOT_HAD, NOT_HELD))
    candidates = dict.fromkeys(c for same_place in zip_longest(*named) for c in same_place if c is not None)
    return Resolution(text, tuple(candidates)[:top], any(r.confirm for r in readings), readings)


def _read(found: Resolved, top: int, *, valid: bool | None = None) -> WordsRead:
    candidates = found.candidates
    if not candidates and found.code is not None:
        candidates = (Candidate(found.code, found.title or found.code, found.score),)
    level = noted_level(found)
    note = None if level else found.note
    # Somebody's only credential may hang on a date misread, so what is said to be over is looked at as well.
    over = found.code is not None and valid is False
    return WordsRead(found.text, found.code, found.title, level, valid, note, found.confirm or over, candidates[:top])


def open_engine(settings: Settings) -> MatchEngine:
    """The method on the data in use.

    Raises:
        ConfigurationError: the data in use is damaged, or was compiled before the method knew all it reads.
    """
    snapshot = open_snapshot(settings.data_dir)
    try:
        return MatchEngine(snapshot)
    except SnapshotError as error:
        raise ConfigurationError(f"The installed data cannot be used: {error}.") from error


def open_snapshot(data_dir: Path) -> Snapshot:
    """The data in use; the starter set is compiled first where nothing is installed, or another version's is in use.

    Raises:
        ConfigurationError: the data in use is damaged.
    """
    store = Store(data_dir)
    try:
        snapshot = store.current()
        if snapshot is None or store.is_of_another_package(snapshot):
            snapshot = store.open(_install_starter(store))
    except SnapshotError as error:
        raise ConfigurationError(f"The installed data cannot be used: {error}.") from error
    return snapshot


def _install_starter(store: Store) -> str:
    from matching.derive import derive_arrays  # noqa: PLC0415 # what compiles data is not needed to open them

    return store.install([], derive_arrays)
