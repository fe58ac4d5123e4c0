"""Resolver: a person's words to codes, over one snapshot. Pure and shared by all requests of a process."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain, islice

from matching.answer import Candidate, Resolved
from matching.config import MatchConfig
from matching.resolve.activities import ActivityIndex
from matching.resolve.credentials import CredentialIndex, HeldResolution, resolve_list
from matching.resolve.language import NOT_SUPPORTED, other_language
from matching.resolve.local import LocalWords
from matching.resolve.prefixes import PREFIX_KINDS, PrefixIndex, Suggestion
from matching.resolve.programs import ProgramIndex
from matching.resolve.remembered import REMEMBERED, Remembered
from matching.resolve.skills import SkillIndex
from matching.resolve.text import Understanding, fold, normalise, understanding, without_employer
from matching.resolve.title_candidates import Heard
from matching.resolve.title_model import load_title_model
from matching.resolve.titles import BELIEF_IN_THOSE_HELPED, ScoredOccupation, TitleIndex, hear_duties
from matching.resolve.work_said import WorkSaid, work_said
from matching.seeker import HeldCredential
from matching.wording import say, together
from taxonomy.local_words import LocalWord
from taxonomy.snapshot import Snapshot

# Below either of these a guess would mislead more often than it helps, and the person is asked.
UNDERSTOOD_FROM_PROBABILITY = 0.08
UNDERSTOOD_FROM_LIKENESS = 0.25
MAX_DUTIES = 6
_DUTY = re.compile(r"[,;.|]|\band\b|\by\b|\bthen\b")
NO_PAID_JOB = say("words.no_paid_job")

WorkTold = tuple[str, str | None]  # a job's title, and what was done in it if that is told
NO_WORDS = say("words.no_words")
SOC_DIGITS = 7  # characters of a code
SEVERAL_CREDENTIALS = say("words.several_credentials")


class Resolver:
    """Words to codes. Every result keeps the person's own words, the runners-up, and whether to ask back."""

    def __init__(self, snapshot: Snapshot, config: MatchConfig) -> None:
        occupations = snapshot.occupations
        self._credentials_table = snapshot.credentials
        self._codes = [c or "" for c in occupations.strings("onet_code")]
        self._names = [t or "" for t in occupations.strings("title")]
        self._titles_table = snapshot.table("titles")
        self._titles = TitleIndex(snapshot, occupations.numbers("employment"), load_title_model())
        self._skills = SkillIndex(
            snapshot,
            snapshot.table("skill_phrases"),
            snapshot.table("descriptors"),
            snapshot.table("technologies"),
            ActivityIndex(snapshot, snapshot.table("work_activities"), snapshot.table("tasks")),
            config.confirm_below,
        )
        self._prefixes = {kind: PrefixIndex(f"resolve_prefix_{kind}", snapshot) for kind in PREFIX_KINDS}
        self._programs = ProgramIndex(
            snapshot,
            snapshot.programs,
            snapshot.table("providers"),
            config.confirm_below,
            snapshot.table("field_titles"),
        )
        self._local = LocalWords(snapshot.table("local_words"))
        self._row = {code: row for row, code in enumerate(self._codes)}
        self._confirm_below = config.confirm_below
        # What words are read as depends on nothing but them, the snapshot, and the day for a board's words.
        self._read_titles = Remembered(self._titles_alone)
        self._read_skill = lru_cache(REMEMBERED)(self._skill)

    @cached_property
    def _title_texts(self) -> list[str | None]:
        # Decoded at once on first use: one by one they were a twentieth of a title's time.
        return self._titles_table.strings("text")

    @cached_property
    def _credentials(self) -> CredentialIndex:
        # Made at once on first use: to read every name of each was an eighth of making a snapshot ready.
        return CredentialIndex(self._credentials_table, self._confirm_below)

    @classmethod
    def from_snapshot(cls, snapshot: Snapshot, config: MatchConfig | None = None) -> "Resolver":
        """Open the indexes stored in a snapshot.

        Raises:
            SnapshotError: the snapshot holds no indexes.
        """
        return cls(snapshot, config or MatchConfig())

    def resolve_title(self, text: str, duties: str | None = None, top: int = 5, today: date | None = None) -> Resolved:
        """The occupation a job title names; a duty sentence is heard when the title alone is unsure.

        A local board's word in force today stands before all else.
        """
        return self.resolve_work([(text, duties)], top, today)[0]

    def resolve_titles(self, texts: Iterable[str], top: int = 5, today: date | None = None) -> list[Resolved]:
        """Many titles in their order, each as alone; each different text is looked up once."""
        return self.resolve_work([(text, None) for text in texts], top, today)

    def resolve_work(self, said: Sequence[WorkTold], top: int = 5, today: date | None = None) -> list[Resolved]:
        """Many jobs in their order, each by its title and what was done in it, if that is told; each as alone."""
        known: dict[WorkTold, Resolved] = {}
        asked: dict[WorkTold, tuple[str, str | None, int]] = {}
        parts: dict[WorkTold, WorkSaid] = {}
        for text, duties in said:
            if (text, duties) in known or (text, duties) in asked:
                continue
            parts[text, duties] = part = work_said(text)
            either = (text, part.done) if part.left_out else (text,)
            if local := next(filter(None, (self._local.find("title", words, today) for words in either)), ()):
                names = {w.code: self._names[self._row[w.code]] for w in local}
                known[text, duties] = _local_result(text, local, names)
            elif part.done or not part.left_out:
                asked[text, duties] = part.done, duties, top
            elif duties:
                heard = self.resolve_title(duties, top=top, today=today)
                known[text, duties] = replace(heard, text=text)
            else:
                known[text, duties] = Resolved(text, None, None, 0.0, confirm=True, note=NO_PAID_JOB)
        found = zip(asked, self._read_titles(list(asked.values())), strict=True)
        known |= {(text, duties): _of_whole(text, parts[text, duties], read) for (text, duties), read in found}
        return [known[each] for each in said]

    def _titles_alone(self, asked: Sequence[tuple[str, str | None, int]]) -> list[Resolved]:
        """Titles by nothing but their words, and duties where a title alone is unsure."""
        what = [understanding(text) for text, _, _ in asked]
        can_be_read = (each is Understanding.WORDS for each in what)
        words = self._titles.heard([text if can else "" for (text, _, _), can in zip(asked, can_be_read, strict=True)])
        parts = [self._titles.jobs_in(text, heard) for (text, _, _), heard in zip(asked, words, strict=True)]
        unheard: dict[str, Resolved] = {}
        for (text, _, _), each, heard in zip(asked, what, words, strict=True):
            if not heard.words:
                other = each is Understanding.OTHER_SCRIPT
                unheard[text] = Resolved(text, None, None, 0.0, note=NOT_SUPPORTED if other else NO_WORDS)
        # Duties may raise any candidate; without them only those shown are of use.
        most = None if any(duties for _, duties, _ in asked) else max((top for *_, top in asked), default=0)
        scored = self._titles.score([*words, *chain.from_iterable(parts)], most)
        of_parts = iter(scored[len(words) :])
        jobs = [[each[0] for each in islice(of_parts, len(named)) if each] for named in parts]
        return [
            unheard.get(text) or self._title(text, duties, top, found, named, heard)
            for (text, duties, top), found, named, heard in zip(asked, scored, jobs, words, strict=False)
        ]

    def _title(
        self,
        text: str,
        duties: str | None,
        top: int,
        found: list[ScoredOccupation],
        jobs: Sequence[ScoredOccupation],
        heard: Heard,
    ) -> Resolved:
        if heard.beside:
            found = hear_duties(found, self._titles.score([Heard(heard.beside)]), BELIEF_IN_THOSE_HELPED)
        parts = _DUTY.split(fold(work_said(duties).done)) if duties else []
        said = [Heard(plain) for part in parts if (plain := normalise(part))][:MAX_DUTIES]
        if said and (not found or found[0].probability < self._confirm_below):
            found = hear_duties(found, self._titles.score(said))
        elif len({self._codes[job.occupation][:SOC_DIGITS] for job in jobs}) > 1:
            return self._of_several(text, top, found, jobs)
        unread = not found or self._too_unsure(found[0], heard_duties=bool(said))
        sure = not unread and found[0].probability >= self._confirm_below
        # A trade of another language is no slip in one of ours ("vendeur").
        if (heard.put_right or not sure) and other_language(without_employer(text), self._prefixes["titles"].words):
            return Resolved(text, None, None, 0.0, note=NOT_SUPPORTED)
        candidates = tuple(self._candidate(occupation) for occupation in found[:top])
        if unread:
            # A title that shares no more than letters with ours is no suggestion.
            near = tuple(c for c in candidates if c.score >= UNDERSTOOD_FROM_LIKENESS)
            return Resolved(text, None, None, 0.0, near, confirm=bool(near), note=say("words.no_such_title"))
        best = candidates[0]
        confirm = (best.probability or 0.0) < self._confirm_below
        return Resolved(text, best.code, best.title, best.score, candidates, confirm)

    def _of_several(
        self, text: str, top: int, found: Sequence[ScoredOccupation], jobs: Sequence[ScoredOccupation]
    ) -> Resolved:
        """A text of several jobs: each is a candidate with its part of the probability, and the surest one counts."""
        named = {job.occupation: replace(job, probability=job.probability / len(jobs)) for job in jobs}
        first = found[0].occupation if found and found[0].occupation in named else jobs[0].occupation
        order = sorted(named.values(), key=lambda job: (-job.probability, job.occupation != first, job.occupation))
        candidates = tuple(self._candidate(job) for job in order[:top])
        best = candidates[0]
        note = say("words.several_jobs", title=best.title)
        return Resolved(text, best.code, best.title, best.score, candidates, confirm=True, note=note)

    def resolve_skill(self, text: str, level: str | None = None, today: date | None = None) -> tuple[Resolved, ...]:
        """The descriptors and technologies a statement names, one result for each."""
        if local := self._local.find("skill", text, today):
            found = _local_result(text, local, {w.code: self._skills.name_of(w.code) for w in local})
            return (replace(found, note=f"level: {level}") if level and found.code else found,)
        return self._read_skill(text, level, today)

    def _skill(self, text: str, level: str | None, today: date | None) -> tuple[Resolved, ...]:
        return self._skills.resolve(text, level, lambda words: self._local_skill(words, today))

    def _local_skill(self, words: str, today: date | None) -> Candidate | None:
        local = self._local.find("skill", words, today)
        return Candidate(local[0].code, self._skills.name_of(local[0].code), 1.0) if len(local) == 1 else None

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

        def meant(name: str) -> str:
            local = self._local.find("credential", name, today)
            return self._credentials.name_of(local[0].code) if len(local) == 1 else name

        return resolve_list(self._credentials, held, today, home_state, meant)

    def resolve_program(self, text: str, top: int = 5) -> Resolved:
        """The program a name, or a name and a provider, means."""
        return self._programs.resolve(text, top)

    def resolve_provider(self, text: str, top: int = 5) -> Resolved:
        """The provider a name means."""
        return self._programs.resolve_provider(text, top)

    def suggest(self, kind: str, beginning: str, top: int = 10) -> tuple[Suggestion, ...]:
        """Names of a kind (one of PREFIX_KINDS) with a word that begins so, for a box that completes as one types."""
        return self._prefixes[kind].search(beginning, top)

    def _too_unsure(self, best: ScoredOccupation, *, heard_duties: bool) -> bool:
        unlike = best.nearest < UNDERSTOOD_FROM_LIKENESS and not heard_duties
        return unlike or best.probability < UNDERSTOOD_FROM_PROBABILITY

    def _candidate(self, found: ScoredOccupation) -> Candidate:
        matched = None if found.row is None else self._title_texts[self._titles.source_row(found.row)]
        return Candidate(
            self._codes[found.occupation],
            self._names[found.occupation],
            round(found.nearest, 4) if found.nearest < 1 else 1.0,
            round(found.probability, 4),
            matched,
        )


def _of_whole(text: str, said: WorkSaid, read: Resolved) -> Resolved:
    """What was read of the work that a text says was done, with what of the text was left out."""
    if not said.left_out:
        return read if read.text == text else replace(read, text=text)
    left_out = say("words.left_out", text="; ".join(said.left_out))
    return replace(read, text=text, note=together([read.note, left_out], "; ") if read.note else left_out)


def _local_result(text: str, words: Sequence[LocalWord], names: Mapping[str, str]) -> Resolved:
    """What boards say the words mean; where two boards differ, the person is asked."""
    candidates = tuple(Candidate(w.code, names[w.code], 1.0, round(1 / len(words), 4), w.text) for w in words)
    if len(words) > 1:
        note = say("words.boards_differ", boards=together(sorted({w.area for w in words}), ", "))
        return Resolved(text, None, None, 0.0, candidates, confirm=True, note=note)
    return Resolved(text, candidates[0].code, candidates[0].title, 1.0, candidates)
