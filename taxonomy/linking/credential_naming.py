"""Which credential a program awards: its name, the list's credential text and its field of study must tell one story.

The credential box of real lists is copied from row to row ("Certified Occupational Therapy Assistant" on an
automotive degree), holds several names, or one acronym of two trades (CPT). So no single source decides, and what
stays unsure stays unnamed.
"""

import re
from collections.abc import Iterable

from taxonomy.codes import Education
from taxonomy.credentials import Credential
from taxonomy.frozen import frozen
from taxonomy.linking.awards import CONFERS, is_bridge, is_renewal
from taxonomy.linking.findings import Finding
from taxonomy.linking.listing import Listing

# Below this the program awards an "unknown industry certificate". The figures of `_BELIEF` are our judgement, ordered
# by how often each pattern of agreement was right in rows read by eye; they rank, they are not frequencies.
SURE_ENOUGH = 0.6
# Rows: where the credential is named. Columns: the CIP code agrees; unknown or the credential has no usual field;
# another field of the same two-digit family; another family altogether.
_BELIEF = {
    "both": (0.97, 0.90, 0.85, 0.75),
    "name": (0.90, 0.75, 0.65, 0.40),
    "text": (0.85, 0.65, 0.45, 0.20),
}
_FIELD_ONLY = 0.5  # nothing names it, the field of study belongs to one licence or degree alone
_DECLARED_AGREES = 0.15
_AWARD_IMPLAUSIBLE = 0.6  # an associate degree in nursing is not the vocational certificate
_ONE_OF_SEVERAL = 0.8  # the first of several credentials named
_DEGREES = ("associate", "bachelor", "graduate")
_OF_APPRENTICES = "apprenticeship_certificate"
_NEAR = 0.15  # beliefs this close leave the order of mention to decide

# What a bridge awards is the same licence or degree, but it is closed to who does not hold the earlier licence: the
# form of the credential that says so, whatever the wording of the name.
_BRIDGE_FORMS = {"rn-adn": "rn-bridge", "bsn": "rn-bsn"}

_FROM_LICENCE = re.compile(r"\b(lvn|lpn|paramedic|licensed (vocational|practical) nurs\w+)s?")


@frozen
class Naming:
    """The credential a program awards, how sure that is, and whether the list's credential text was dropped."""

    credential: Credential | None
    confidence: float
    findings: tuple[Finding, ...] = ()

    @property
    def text_lost(self) -> bool:
        """Whether the credential text contradicts name and field, so that it is no longer shown as the award."""
        return any(f.code == "credential_text_contradicts" for f in self.findings)


@frozen
class _Known:
    credential: Credential
    pattern: re.Pattern[str]


@frozen
class _Candidate:
    credential: Credential
    belief: float
    start: int
    length: int
    named: str  # both | name | text | field

    def overlaps(self, other: "_Candidate") -> bool:
        return self.start < other.start + other.length and other.start < self.start + self.length


class CredentialNamer:
    """Names the credential of a listing from a fixed set of credentials."""

    def __init__(self, credentials: Iterable[Credential]) -> None:
        self._known = tuple(_Known(c, _pattern(c)) for c in credentials)
        by_id = {known.credential.id: known.credential for known in self._known}
        self._bridge_form = {full: by_id[form] for full, form in _BRIDGE_FORMS.items() if form in by_id}
        self._seen: dict[str, dict[int, tuple[int, int]]] = {}

    def name(
        self, listing: Listing, *, cip: str | None, award: str | None, declared: frozenset[str] = frozenset()
    ) -> Naming:
        """The credential `listing` awards.

        Args:
            listing: the row of the list.
            cip: its checked CIP code.
            award: its believed award.
            declared: occupations it declares, as codes of the snapshot.
        """
        if is_renewal(listing):
            reason = "renews or rehearses a credential already held"
            return Naming(None, 0.0, (Finding("renewal_course", "name", listing.name, reason),))
        bridge = is_bridge(listing)
        named = self._in_box(listing.name, bridge=bridge)
        texted = self._in_box(listing.credential_text, bridge=bridge)
        candidates = [
            _candidate(known.credential, named.get(i), texted.get(i), cip, award, declared)
            for i, known in enumerate(self._known)
            if (i in named or i in texted) and _holds(known.credential, listing.state)
        ]
        candidates = [c for c in candidates if _can_be(c.credential, award)]
        if award in _DEGREES and not any(c.credential.education_awarded for c in candidates):
            # The certification named on a degree is a part of it; two years are not sold as one exam.
            degrees = [c for c in self._by_field(listing, cip, award, declared) if c.credential.kind == "degree"]
            candidates = degrees or candidates
        chosen, confidence = _choose(candidates or self._by_field(listing, cip, award, declared))
        if bridge and chosen is not None:
            chosen = self._bridge_form.get(chosen.id, chosen)
        # Words that stand in name and text alike are no slip of copying, whatever the field of study says.
        texts = [] if named.keys() & texted.keys() else [self._known[i].credential for i in texted]
        lost = _contradicted_text(listing, chosen, texts, cip, declared)
        if chosen is None:
            lost += _contradicted_field(listing, [self._known[i].credential for i in named], cip)
        return Naming(chosen, confidence, lost)

    def _in_box(self, text: str | None, *, bridge: bool) -> dict[int, tuple[int, int]]:
        """Credentials named in a text. A bridge names what students hold before what they earn: "LVN to RN"."""
        words = plain(text or "")
        hits = self._hits(words)
        held = [m.span() for m in _FROM_LICENCE.finditer(words)] if bridge else []
        return {i: (s, n) for i, (s, n) in hits.items() if not any(a <= s and s + n <= b for a, b in held)}

    def _hits(self, text: str) -> dict[int, tuple[int, int]]:
        if text not in self._seen:  # lists repeat names and credential texts many times over
            self._seen[text] = self._search(text)
        return self._seen[text]

    def _search(self, text: str) -> dict[int, tuple[int, int]]:
        found = ((i, known.pattern.search(text)) for i, known in enumerate(self._known))
        return {i: (m.start(), m.end() - m.start()) for i, m in found if m and m.end() > m.start()}

    def _by_field(
        self, listing: Listing, cip: str | None, award: str | None, declared: frozenset[str]
    ) -> list[_Candidate]:
        in_field = [
            k.credential
            for k in self._known
            if k.credential.kind in ("license", "degree")
            and field_agreement(k.credential, cip) == 0
            and _holds(k.credential, listing.state)
        ]
        if len(in_field) != 1 or not _is_whole_course(in_field[0], award):
            return []
        return [_candidate(in_field[0], None, None, cip, award, declared)]


def _can_be(credential: Credential, award: str | None) -> bool:
    """Whether an award can be a credential of this kind at all.

    A course is no apprenticeship whatever its name says: it pays no wages and makes nobody a journeyman. Nor is a
    certificate a degree because "associate" stands in its name: a name that says degree has made the award one.
    """
    if credential.kind == _OF_APPRENTICES:
        return award == "apprenticeship"
    return credential.kind != "degree" or award is None or award in _DEGREES


def _holds(credential: Credential, state: str | None) -> bool:
    """Whether a course in a state can lead to a credential: a licence of Texas is none of New Jersey."""
    return credential.state is None or state is None or credential.state == state


def plain(text: str) -> str:
    """Lower case, one space between words, abbreviations without their dots ("C.N.A." reads as "cna")."""
    return " ".join(re.sub(r"\b(\w)\.(?=\w\b|\s|$)", r"\1", text.lower()).split())


def _pattern(credential: Credential) -> re.Pattern[str]:
    # Two-letter aliases ("MA", "PT") are everyday letters; a credential that wants one says so by a pattern. An alias
    # that a pattern reads is left to it, because it may look at what stands around ("CDL" and "CDL bus driver").
    patterns = [f"(?:{p})" for p in credential.program_patterns]
    read = re.compile("|".join(patterns) or r"(?!)")
    names = [plain(name) for name in (credential.name, *credential.aliases) if len(name) > 2]
    words = [re.escape(name) for name in names if not read.fullmatch(name)]
    return re.compile("|".join([*patterns, *(rf"(?<!\w){w}(?!\w)" for w in words)]))


def field_agreement(credential: Credential, cip: str | None) -> int:
    """How a field of study bears a credential out: 0 agrees, 1 says nothing, 2 same family, 3 another family."""
    if cip is None or not credential.cip_prefixes:
        return 1
    if any(cip.startswith(prefix) for prefix in credential.cip_prefixes):
        return 0
    return 2 if any(cip[:2] == prefix[:2] for prefix in credential.cip_prefixes) else 3


def _award_factor(credential: Credential, award: str | None) -> float:
    """1 where the award can be this credential; lower where its kind or level speaks against it."""
    if credential.education_awarded is None or award is None or award not in CONFERS:
        return 1.0
    level, conferred = Education[credential.education_awarded.upper()], CONFERS[award]
    if level >= Education.ASSOCIATE:
        # Lists tick "licence" or "industry certificate" for degrees that lead to one, seldom the other way round.
        return 1.0 if conferred == level or award in ("license", "industry_certificate", "none") else _AWARD_IMPLAUSIBLE
    return _AWARD_IMPLAUSIBLE if conferred >= Education.ASSOCIATE else 1.0


def _is_whole_course(credential: Credential, award: str | None) -> bool:
    """Whether the award is the licence or the degree itself; a short course of the same field is neither."""
    if credential.kind == "license":
        return award in ("license", "associate", "bachelor")
    return award is not None and credential.education_awarded == award


def _candidate(
    credential: Credential,
    in_name: tuple[int, int] | None,
    in_text: tuple[int, int] | None,
    cip: str | None,
    award: str | None,
    declared: frozenset[str],
) -> _Candidate:
    named = "both" if in_name and in_text else "name" if in_name else "text" if in_text else "field"
    belief = _FIELD_ONLY if named == "field" else _BELIEF[named][field_agreement(credential, cip)]
    belief *= _award_factor(credential, award)
    if declared.intersection(credential.opens):
        belief = min(0.99, belief + _DECLARED_AGREES)
    start, length = in_name or in_text or (0, 0)
    return _Candidate(credential, belief, start, length, named)


def _choose(candidates: list[_Candidate]) -> tuple[Credential | None, float]:
    if not candidates:
        return None, 0.0
    best = max(c.belief for c in candidates)
    near = [c for c in candidates if best - c.belief <= _NEAR]
    first = min(near, key=lambda c: (c.named == "text", c.start, -c.length, -c.belief, c.credential.id))
    # The same words read by a narrower and a wider credential are one mention, not several.
    rivals = [c for c in near if c is not first and not c.overlaps(first)]
    confidence = round(first.belief * (_ONE_OF_SEVERAL if rivals else 1.0), 3)
    return (first.credential, confidence) if confidence >= SURE_ENOUGH else (None, 0.0)


def _contradicted_text(
    listing: Listing, chosen: Credential | None, texts: list[Credential], cip: str | None, declared: frozenset[str]
) -> tuple[Finding, ...]:
    """A credential text all of whose credentials are foreign to the program."""
    if not texts or chosen in texts or not all(_is_foreign(text, chosen, cip, declared) for text in texts):
        return ()
    reason = f"name and field of study ({cip}) contradict it"
    return (Finding("credential_text_contradicts", "credential_text", listing.credential_text or "", reason),)


def _contradicted_field(listing: Listing, named: list[Credential], cip: str | None) -> tuple[Finding, ...]:
    """A name that says one line of work under a field of study of another: neither can then be built on."""
    if not named or any(field_agreement(credential, cip) < 3 for credential in named):
        return ()
    reason = f"the name says {named[0].name}, another line of work"
    return (Finding("name_contradicts_field", "cip", listing.cip or "", reason),)


def _is_foreign(text: Credential, chosen: Credential | None, cip: str | None, declared: frozenset[str]) -> bool:
    """Of another field of study and another line of work; where the name tells the credential, of another sector."""
    groups = {code[:4] for code in declared}
    if not text.opens or any(code[:4] in groups for code in text.opens):
        return False
    if chosen is None:
        return field_agreement(text, cip) == 3
    return field_agreement(text, cip) >= 2 and text.sector != chosen.sector
