"""What speaks for a job that nobody declares for a course: its words, its field of study, and like courses of others.

For each course the likely jobs are gathered, and for each of them how strongly every kind of evidence names it. What
the course's own provider declares, for this or another course, is never among it: the figures are for courses of
providers who say nothing, and are measured on providers held out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from taxonomy.frozen import frozen
from taxonomy.linking.job_words import Words, stems
from taxonomy.occupations import Occupation, Title

Floats = npt.NDArray[np.float64]
Likeness = npt.NDArray[np.float32]

FEATURES = (
    "name_title",  # likeness of the course's name to the likest title of the job, 0-1
    "name_is_title",  # 1 where that is as good as the same words
    "text_title",  # the same of the credential's text
    "field_names",  # 1 where the crosswalk names the job for the field of study
    "field_share",  # 1/k where it names k jobs
    "field_near",  # 1 where it names a job of the same SOC minor group
    "peers_field",  # share of other providers' courses of this field of study that declare it
    "peers_family",  # the same of the first four digits of the field
    "peers_name",  # share of like-named courses of other providers, by likeness, that declare it
    "peers_name_near",  # the same times the likeness of the likest
)
_SAME_WORDS = 0.95
_FROM_NAME, _FROM_TEXT, _FROM_LIKE_COURSES = 8, 4, 12  # jobs each gives at most
_LEAST_LIKE = 0.3  # titles and names less like than this share a common word only
_NEIGHBOURS = 15
_OTHER_FIELD = 0.5  # a like-named course of another family of fields counts as half as like
_FAMILY, _MINOR_GROUP = 5, 4  # digits and dots of "51.39" and "29-1"


@frozen
class Course:
    """What is read of a program. `declared` is empty where its provider names no job."""

    id: str
    provider_id: str
    name: str
    credential_text: str | None
    cip_code: str | None
    declared: frozenset[str] = frozenset()


@frozen
class Candidates:
    """The likely jobs of one course, sorted, and their evidence: jobs x FEATURES."""

    codes: tuple[str, ...]
    features: Floats


class _Declarers:
    """Who declares which jobs, for the courses of one kind."""

    __slots__ = ("by_code", "providers")

    def __init__(self) -> None:
        self.providers: set[str] = set()
        self.by_code: dict[str, set[str]] = defaultdict(set)

    def add(self, course: Course) -> None:
        self.providers.add(course.provider_id)
        for code in course.declared:
            self.by_code[code].add(course.provider_id)

    def others(self, provider: str) -> int:
        return len(self.providers) - (provider in self.providers)

    def shares(self, provider: str, prior: float = 0.0) -> dict[str, float]:
        """Share of the other providers that declare each job, drawn towards nothing by `prior` providers."""
        others = self.others(provider) + prior
        counted = ((code, len(who) - (provider in who)) for code, who in self.by_code.items())
        return {code: number / others for code, number in counted if number}


@frozen
class _LikeNamed:
    """Courses of one name and family of fields, and who declares what for them."""

    name: str
    family: str
    who: _Declarers


class JobEvidence:
    """The evidence for jobs, from titles, the crosswalk, and courses whose providers declare theirs."""

    def __init__(
        self,
        occupations: Iterable[Occupation],
        titles: Iterable[Title],
        fields: Mapping[str, tuple[tuple[str, float], ...]],
        peers: Iterable[Course],
    ) -> None:
        """Index all sources once.

        Args:
            occupations: those that may not be a target of a course are left out.
            titles: their other titles.
            fields: CIP code to O*NET codes, each with its share of 1; general fields left out.
            peers: courses, of which those with declared jobs count.
        """
        own = {o.onet_code: o.title for o in occupations if o.barred is None}
        self._codes = sorted(own)
        self._row = {code: row for row, code in enumerate(self._codes)}
        known = [*own.items(), *((t.onet_code, t.text) for t in titles if t.onet_code in own)]
        self._titles = Words([text for _, text in known], [self._row[code] for code, _ in known], len(own))
        self._fields = fields
        self._by_field: dict[str, _Declarers] = defaultdict(_Declarers)
        named: dict[tuple[str, ...], _LikeNamed] = {}
        for course in peers:
            if course.declared:
                self._add(course, named)
        self._named = [named[key] for key in sorted(named)]
        self._names = Words([n.name for n in self._named], range(len(named)), len(named)) if named else None

    def _add(self, course: Course, named: dict[tuple[str, ...], _LikeNamed]) -> None:
        family = (course.cip_code or "")[:2]
        if course.cip_code:
            self._by_field[course.cip_code].add(course)
            self._by_field[course.cip_code[:_FAMILY]].add(course)
        words = tuple(stems(course.name))
        if words:
            named.setdefault((family, *words), _LikeNamed(course.name, family, _Declarers())).who.add(course)

    def candidates(self, courses: Sequence[Course]) -> list[Candidates]:
        """The likely jobs of each course."""
        by_name = self._titles.likeness(c.name for c in courses)
        by_text = self._titles.likeness(c.credential_text or "" for c in courses)
        near = self._names.likeness(c.name for c in courses) if self._names else np.zeros((len(courses), 0), np.float32)
        return [self._of(course, *rows) for course, *rows in zip(courses, by_name, by_text, near, strict=True)]

    def _of(self, course: Course, by_name: Likeness, by_text: Likeness, near: Likeness) -> Candidates:
        fields = dict(self._fields.get(course.cip_code or "", ()))
        groups = {code[:_MINOR_GROUP] for code in fields}
        peers = self._shares(course, course.cip_code)
        family = self._shares(course, (course.cip_code or "")[:_FAMILY])
        alike, likest = self._of_like_courses(course, near)
        likely = {*fields, *peers, *alike, *self._best(by_name, _FROM_NAME), *self._best(by_text, _FROM_TEXT)}
        codes = tuple(sorted(likely & self._row.keys()))
        rows = [
            (
                by_name[self._row[code]],
                by_name[self._row[code]] >= _SAME_WORDS,
                by_text[self._row[code]],
                code in fields,
                fields.get(code, 0.0),
                code[:_MINOR_GROUP] in groups,
                peers.get(code, 0.0),
                family.get(code, 0.0),
                alike.get(code, 0.0),
                alike.get(code, 0.0) * likest,
            )
            for code in codes
        ]
        return Candidates(codes, np.array(rows, np.float64).reshape(len(codes), len(FEATURES)))

    def _shares(self, course: Course, field: str | None) -> dict[str, float]:
        who = self._by_field.get(field or "")
        return {} if who is None else who.shares(course.provider_id, prior=1.0)

    def _of_like_courses(self, course: Course, near: Likeness) -> tuple[dict[str, float], float]:
        """Share by likeness of the likest courses of others that declare each job, and the likeness of the likest."""
        total: dict[str, float] = defaultdict(float)
        weight = likest = 0.0
        found = 0
        for place in np.argsort(-near, kind="stable"):
            like, one = float(near[place]), self._named[place]
            if like < _LEAST_LIKE or found == _NEIGHBOURS:
                break
            if not one.who.others(course.provider_id):
                continue
            found += 1
            same_field = one.family == (course.cip_code or "")[:2]
            heft = like**2 * (1.0 if same_field else _OTHER_FIELD)
            likest = max(likest, like * (1.0 if same_field else _OTHER_FIELD))
            weight += heft
            for code, share in one.who.shares(course.provider_id).items():
                total[code] += heft * share
        best = sorted(total, key=lambda code: (-total[code], code))[:_FROM_LIKE_COURSES]
        return {code: total[code] / weight for code in best}, likest

    def _best(self, like: Likeness, most: int) -> list[str]:
        order = np.argsort(-like, kind="stable")[:most]
        return [self._codes[row] for row in order if like[row] >= _LEAST_LIKE]
