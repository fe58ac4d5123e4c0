"""Resolver: a person's words to codes, over one snapshot. Pure and shared by all requests of a process."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from matching.answer import Candidate, Resolved
from matching.config import MatchConfig
from matching.resolve.credentials import CredentialIndex, HeldResolution, resolve_list
from matching.resolve.programs import ProgramIndex
from matching.resolve.skills import SkillIndex
from matching.resolve.text import Understanding, fold, names_no_job, normalise, understanding, without_noise
from matching.resolve.titles import ScoredOccupation, TitleIndex, hear_duties, load_title_model
from matching.seeker import HeldCredential
from matching.wording import say
from taxonomy.snapshot import Snapshot

# Below either of these a guess would mislead more often than it helps, and the person is asked.
UNDERSTOOD_FROM_PROBABILITY = 0.08
UNDERSTOOD_FROM_LIKENESS = 0.25
MAX_DUTIES = 6
_DUTY = re.compile(r"[,;.|]|\band\b|\by\b|\bthen\b")
NO_PAID_JOB = say("words.no_paid_job")
SEVERAL_CREDENTIALS = say("words.several_credentials")


class Resolver:
    """Words to codes. Every result keeps the person's own words, the runners-up, and whether to ask back."""

    def __init__(self, snapshot: Snapshot, config: MatchConfig) -> None:
        occupations = snapshot.occupations
        self._codes = [c or "" for c in occupations.strings("onet_code")]
        self._names = [t or "" for t in occupations.strings("title")]
        self._title_texts = snapshot.table("titles")
        self._titles = TitleIndex(snapshot, occupations.numbers("employment"), load_title_model())
        self._skills = SkillIndex(
            snapshot, snapshot.table("skill_phrases"), snapshot.table("descriptors"), snapshot.table("technologies")
        )
        self._credentials = CredentialIndex(snapshot.credentials)
        self._programs = ProgramIndex(snapshot, snapshot.programs)
        self._confirm_below = config.confirm_below

    @classmethod
    def from_snapshot(cls, snapshot: Snapshot, config: MatchConfig | None = None) -> "Resolver":
        """Open the indexes stored in a snapshot.

        Raises:
            SnapshotError: the snapshot holds no indexes.
        """
        return cls(snapshot, config or MatchConfig())

    def resolve_title(self, text: str, duties: str | None = None, top: int = 5) -> Resolved:
        """The occupation a job title names; a duty sentence is heard when the title alone is unsure."""
        what = understanding(text)
        if what is Understanding.OTHER_SCRIPT:
            return Resolved(text, None, None, 0.0, note=say("words.other_script"))
        if names_no_job(text):
            unread = Resolved(text, None, None, 0.0, confirm=True, note=NO_PAID_JOB)
            return replace(self.resolve_title(duties, top=top), text=text) if duties else unread
        words = without_noise(text) or normalise(text)
        if what is not Understanding.WORDS or not words:
            return Resolved(text, None, None, 0.0, note=say("words.no_words"))
        found = self._titles.score(words)
        said = [plain for part in _DUTY.split(fold(duties or "")) if (plain := normalise(part))][:MAX_DUTIES]
        if said and (not found or found[0].probability < self._confirm_below):
            found = hear_duties(found, [self._titles.score(part) for part in said])
        candidates = tuple(self._candidate(occupation) for occupation in found[:top])
        if not found or self._too_unsure(found[0], heard_duties=bool(said)):
            return Resolved(
                text, None, None, 0.0, candidates, confirm=bool(candidates), note=say("words.no_such_title")
            )
        best = candidates[0]
        confirm = (best.probability or 0.0) < self._confirm_below
        return Resolved(text, best.code, best.title, best.score, candidates, confirm)

    def resolve_titles(self, texts: Iterable[str], top: int = 5) -> list[Resolved]:
        """Many titles in their order, each different text looked up once."""
        known: dict[str, Resolved] = {}
        results = []
        for text in texts:
            if text not in known:
                known[text] = self.resolve_title(text, top=top)
            results.append(known[text])
        return results

    def resolve_skill(self, text: str, level: str | None = None) -> tuple[Resolved, ...]:
        """The descriptors and technologies a statement names, one result for each."""
        return self._skills.resolve(text, level)

    def resolve_credential(self, held: HeldCredential, today: date, home_state: str | None = None) -> HeldResolution:
        """What a held credential is, and whether it is valid; a list counts for its first, and says so."""
        found = self.resolve_credentials(held, today, home_state)
        if len(found) == 1:
            return found[0]
        first = next(f for f in found if f.credential_id)
        resolved = replace(first.resolved, text=held.name, confirm=True, note=SEVERAL_CREDENTIALS)
        return replace(first, resolved=resolved)

    def resolve_credentials(
        self, held: HeldCredential, today: date, home_state: str | None = None
    ) -> tuple[HeldResolution, ...]:
        """Each credential of what may be a list such as "A+ / Net+ / Sec+"."""
        return resolve_list(self._credentials, held, today, home_state)

    def resolve_program(self, text: str, top: int = 5) -> Resolved:
        """The program a name, or a name and a provider, means."""
        return self._programs.resolve(text, top)

    def _too_unsure(self, best: ScoredOccupation, *, heard_duties: bool) -> bool:
        unlike = best.nearest < UNDERSTOOD_FROM_LIKENESS and not heard_duties
        return unlike or best.probability < UNDERSTOOD_FROM_PROBABILITY

    def _candidate(self, found: ScoredOccupation) -> Candidate:
        matched = None if found.row is None else self._title_texts[self._titles.source_row(found.row)].text
        return Candidate(
            self._codes[found.occupation],
            self._names[found.occupation],
            round(min(1.0, found.nearest), 4),
            round(found.probability, 4),
            matched,
        )
