"""Profiles to answers: the installed data, made ready once a process."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app.errors import ConfigurationError
from app.settings import Settings
from matching.answer import Answer, Candidate, Resolved
from matching.config import METHOD_VERSION, MatchConfig
from matching.eligibility.report import EligibilityReport, explain_eligibility
from matching.engine import match, solve
from matching.resolve.prefixes import Suggestion
from matching.seeker import HeldCredential, Seeker
from matching.terms import law_area
from matching.trace import Trace, trace_of
from matching.why_not import WhyNot, explain_why_not
from matching.wording import in_language
from matching.world import World
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


@dataclass(frozen=True, slots=True)
class Resolution:
    """What one text was taken for; `confirm` says that a person should check it."""

    text: str
    candidates: tuple[Candidate, ...]
    confirm: bool


@dataclass(frozen=True, slots=True)
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

    def screen(self, seeker: Seeker, today: date, language: str = "en") -> EligibilityReport:
        """How each funding stream looks for one person."""

    def explain(self, seeker: Seeker, today: date, why_not: str | None = None, language: str = "en") -> Explanation:
        """What became of the programs, and why a code is not among the plans."""

    def resolve(self, kind: Words, text: str, top: int, today: date) -> Resolution:
        """The codes a text may mean, likeliest first; at most `top`."""

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

    def resolve(self, kind: Words, text: str, top: int, today: date) -> Resolution:
        """The codes a text may mean, likeliest first; at most `top`."""
        found = self._resolved(kind, text, top, today)
        candidates = tuple(c for resolved in found for c in _candidates(resolved))
        return Resolution(text, candidates[:top], any(resolved.confirm for resolved in found))

    def suggest(self, kind: Words, beginning: str, top: int) -> tuple[Suggestion, ...]:
        """Names with a word that begins so, the ones that themselves do first; at most `top`."""
        return self._world.resolver.suggest(kind.value, beginning, top)

    def _resolved(self, kind: Words, text: str, top: int, today: date) -> tuple[Resolved, ...]:
        resolver = self._world.resolver
        if kind is Words.TITLES:
            return (resolver.resolve_title(text, top=top, today=today),)
        if kind is Words.PROGRAMS:
            return (resolver.resolve_program(text, top),)
        if kind is Words.PROVIDERS:
            return (resolver.resolve_provider(text, top),)
        if kind is Words.SKILLS:
            return resolver.resolve_skill(text, today=today)
        return tuple(held.resolved for held in resolver.resolve_credentials(HeldCredential(text), today))


def _candidates(resolved: Resolved) -> tuple[Candidate, ...]:
    if resolved.candidates or resolved.code is None:
        return resolved.candidates
    return (Candidate(resolved.code, resolved.title or resolved.code, resolved.score),)


def open_engine(settings: Settings) -> MatchEngine:
    """The method on the data in use.

    Raises:
        ConfigurationError: the data in use is damaged.
    """
    return MatchEngine(open_snapshot(settings.data_dir))


def open_snapshot(data_dir: Path) -> Snapshot:
    """The data in use; the starter set is compiled first where nothing is installed.

    Raises:
        ConfigurationError: the data in use is damaged.
    """
    store = Store(data_dir)
    try:
        snapshot = store.current()
        return snapshot if snapshot is not None else store.open(_install_starter(store))
    except SnapshotError as error:
        raise ConfigurationError(f"The installed data cannot be used: {error}.") from error


def _install_starter(store: Store) -> str:
    from matching.derive import derive_arrays  # noqa: PLC0415 # what compiles data is not needed to open them

    return store.install([], derive_arrays)
