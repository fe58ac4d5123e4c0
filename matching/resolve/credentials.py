"""Names of credentials to credentials, and whether what the person holds is valid here and today.

An expired licence or one of another state is recognised and said to be so; it is never silently valid.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from matching.answer import Candidate, Resolved
from matching.resolve.credential_names import SCHOOLING, CredentialNames, left_open, meanings, plain
from matching.resolve.expiry import last_valid_day, with_plain_expiries
from matching.resolve.holding import Said, denied, read_said
from matching.resolve.language import NOT_SUPPORTED, other_language
from matching.resolve.text import Understanding, fold, normalise, understanding
from matching.seeker import HeldCredential
from matching.wording import say, together
from taxonomy.credentials import Credential
from taxonomy.frozen import frozen

UNDERSTOOD_FROM = 0.8  # likeness, 0-1: below it two names share words such as "certified" and little else
SURE_FROM = 0.92
MAX_PARTS = 12
NOT_HELD = say("words.not_held")

Meant = Callable[[str], str]

_LIST = re.compile(
    r" / |[,;&\n|]|\band\b|\bor\b|\by\b|\bwith\b|\bcon\b|\bw/|(?<=\+)/|/(?=[a-z0-9]+\+)|(?<=[a-z]\+) (?=[a-z]+\+)"
)
_OF_CLASSES = re.compile(r"\b(?:cdl|commercial|barber|class [abc])\b", re.IGNORECASE)
_CLASS = re.compile(r"(?:class )?[abc]", re.IGNORECASE)
_CLASS_SAID = re.compile(r"\bclass [abc]\b|\bcdl[ -]?[abc]\b", re.IGNORECASE)
# "CDL A/B"
_CLASSES = re.compile(r"\b(?<=cdl |ass )([abc])/(?=[abc]\b)", re.IGNORECASE)
_ENDORSEMENT = re.compile(r"[hnpstx]", re.IGNORECASE)
_SLASH = re.compile(r"[/&]")
# A plain driver's licence is no credential of a trade; it stands among the constraints.
_DRIVING = re.compile(
    r"(?:(?:valid|current|regular|standard|class [cd]|texas|tx) ?){0,3}"
    r"(?:driver'?s?|drivers'|driving|licencia de (?:conducir|manejar))"
    r"(?: (?:license|licence|lic|card))?(?: class [cd])?"
)
_TO_CONFIRM = frozenset({"other_state", "other_country", "not_finished"})
# An apprentice holds nothing of it yet.
_OF_APPRENTICES = "apprenticeship_certificate"
# Kinds a state grants, so that another state's may not count.
_STATE_BOUND = frozenset({"license"})


@frozen
class HeldResolution:
    """A held credential as understood. `valid` None: may be valid, somebody should check; `reason` is a fixed code."""

    resolved: Resolved
    credential_id: str | None
    valid: bool | None
    # expired | not_valid | not_finished | other_state | other_country | no_expiry | expiry_unreadable | other_kind
    # | ambiguous | not_understood | not_held
    reason: str | None


def split_credentials(held: HeldCredential) -> tuple[HeldCredential, ...]:
    """One entry for each credential of a list such as "A+ / Net+ / Sec+", each with the list's state and expiry."""
    names: list[str] = []
    listed = _LIST.split(_CLASSES.sub(r"\1, ", held.name))
    for part in filter(None, (part.strip(" ()") and part.strip() for part in listed)):
        # "Commercial driver's license, Class B, P and S": the class is no licence of its own, a letter an endorsement.
        of_classes = bool(names) and _OF_CLASSES.search(names[0]) is not None
        if of_classes and _CLASS.fullmatch(part) and not _CLASS_SAID.search(names[-1]):
            names[-1] = f"{names[-1]} {part if len(part) > 1 else f'class {part}'}"
        elif of_classes and len(part) == 1 and _CLASS.fullmatch(part):
            # "CDL A and B": another class of the same licence.
            names.append(f"{'barber' if 'barber' in names[0] else 'cdl'} class {part}")
        else:
            names.append(f"{part} endorsement" if of_classes and _ENDORSEMENT.fullmatch(part) else part)
    if len(names) < 2:
        return (held,)
    return tuple(replace(held, name=name) for name in names[:MAX_PARTS])


class CredentialIndex:
    """Finds a snapshot's credentials and judges whether a held one is valid."""

    def __init__(self, credentials: Iterable[Credential], confirm_below: float) -> None:
        self._credentials = {c.id: c for c in credentials}
        self._confirm_below = confirm_below
        self.names = CredentialNames(self._credentials.values())

    def name_of(self, credential_id: str) -> str:
        """A credential's own name."""
        return self._credentials[credential_id].name

    def resolve(
        self,
        held: HeldCredential,
        today: date,
        home_state: str | None,
        own_words: str | None = None,
        meant: Meant = str,
    ) -> HeldResolution:
        """What one held credential is, and whether it is valid on a day in the person's state.

        `own_words`: as typed, where the name is a part of them: "OR" is a state and "or" is not. `meant`: gives the
        listed name of a name that a local board has its own for.
        """
        what = understanding(held.name) if "+" not in held.name else Understanding.WORDS
        if what is not Understanding.WORDS:
            other = what is Understanding.OTHER_SCRIPT
            return self._unknown(held, NOT_SUPPORTED if other else say("words.no_words"))
        folded = with_plain_expiries(fold(held.name))
        whole = self.names.is_exact(folded)
        if not whole and (missing := denied(folded)) is not None:
            return self._not_held(held, meant(read_said(missing, own_words or held.name).name))
        said = Said(folded) if whole else read_said(folded, own_words or held.name)
        said = replace(said, name=meant(said.name))
        state = (held.state or "").strip().upper() or said.state
        candidates = self.names.candidates(said.name, state or home_state, said.kind)
        if not candidates or candidates[0].score < UNDERSTOOD_FROM:
            return self._not_found(held, said, candidates)
        return self._found(replace(held, state=state), said, candidates, today, home_state)

    def _found(
        self,
        held: HeldCredential,
        said: Said,
        candidates: tuple[Candidate, ...],
        today: date,
        home_state: str | None,
    ) -> HeldResolution:
        best = self._credentials[candidates[0].code]
        valid, reason, note = self._validity(best, held, said, today, home_state)
        doubt = self._doubt(said, candidates)
        equal = [c for c in candidates if c.score == candidates[0].score]
        if len(equal) > 1 and meanings(said.name):
            # Counting a phlebotomist's CPT as a production technician's would send them up the wrong ladder.
            resolved = Resolved(held.name, None, None, 0.0, candidates, confirm=True, note=doubt)
            return HeldResolution(resolved, None, None, "ambiguous")
        if doubt and valid:
            valid, reason = None, "ambiguous"
        kind_doubt = None if doubt else self._kind_doubt(best, said, candidates[0])
        if kind_doubt and valid:
            valid, reason = None, "other_kind"
        unsure = candidates[0].score < SURE_FROM or (candidates[0].probability or 0.0) < self._confirm_below
        confirm = unsure or doubt is not None or kind_doubt is not None or reason in _TO_CONFIRM
        notes = [part for part in (note, doubt, kind_doubt) if part]
        joined = together(notes, "; ") if notes else None
        resolved = Resolved(held.name, best.id, best.name, candidates[0].score, candidates, confirm, joined)
        return HeldResolution(resolved, best.id, valid, reason or ("ambiguous" if doubt else None))

    def _not_found(self, held: HeldCredential, said: Said, candidates: tuple[Candidate, ...]) -> HeldResolution:
        if other_language(held.name):
            return self._unknown(held, NOT_SUPPORTED)
        words = set(plain(said.name).split())
        if _DRIVING.fullmatch(" ".join(said.name.replace("(", " ").replace(")", " ").split())):
            return self._unknown(held, say("words.driving_licence"))
        if words and words <= SCHOOLING | {"high", "school"}:
            return self._unknown(held, say("words.schooling"))
        if issued := self.names.of_issuer(said.name):
            return self._unknown(held, say("words.issuer_only"), issued)
        return self._unknown(held, say("words.no_such_credential"), candidates)

    def _unknown(self, held: HeldCredential, note: str, candidates: tuple[Candidate, ...] = ()) -> HeldResolution:
        resolved = Resolved(held.name, None, None, 0.0, candidates, confirm=bool(candidates), note=note)
        return HeldResolution(resolved, None, None, "not_understood")

    def _not_held(self, held: HeldCredential, missing: str) -> HeldResolution:
        """What is denied, or only begun, is named in the candidates and never counts."""
        candidates = self.names.candidates(missing, held.state, None)
        resolved = Resolved(held.name, None, None, 0.0, candidates, note=NOT_HELD)
        return HeldResolution(resolved, None, valid=False, reason="not_held")

    def _doubt(self, said: Said, candidates: tuple[Candidate, ...]) -> str | None:
        if may_mean := meanings(said.name):
            return say("words.may_mean", meanings=together(may_mean, say("words.or")))
        if other := left_open(said.name):
            return say("words.may_also_mean", title=other)
        same = [c for c in candidates if c.score == candidates[0].score and c.code != candidates[0].code]
        rivals = [
            c for c in same if self._credentials[c.code].state in (None, self._credentials[candidates[0].code].state)
        ]
        return say("words.may_also_mean", title=rivals[0].title) if rivals else None

    def _kind_doubt(self, credential: Credential, said: Said, best: Candidate) -> str | None:
        """A school's certificate is no licence, and a certificate no proof that the state has licensed somebody."""
        if said.kind == "license" and credential.kind not in _STATE_BOUND and not self._listed_so(said, best):
            return say("words.not_a_license", title=credential.name)
        if said.kind == "degree" and credential.kind in ("certificate", "certification"):
            return say("words.not_a_degree", title=credential.name)
        if (
            said.kind in ("certificate", "degree")
            and credential.kind in _STATE_BOUND
            and not self._listed_so(said, best)
        ):
            return say("words.is_a_license", title=credential.name)
        return None

    def _listed_so(self, said: Said, best: Candidate) -> bool:
        """Whether the name was found with the very word for its kind, so that it is no slip."""
        return best.score == 1.0 and self.names.is_exact(said.name) and normalise(said.name) != plain(said.name)

    def _validity(
        self, credential: Credential, held: HeldCredential, said: Said, today: date, home_state: str | None
    ) -> tuple[bool | None, str | None, str | None]:
        """Valid, reason code and note, the gravest first. What stands in the field for the expiry goes before words."""
        expires = held.expires or (said.expiry.when if said.expiry else None)
        last = last_valid_day(expires, today) if expires else None
        if last is not None and last < today:
            return False, "expired", say("words.expired_on", day=last.isoformat())
        if found := _not_now(credential, said) or _elsewhere(credential, held, said, home_state):
            return found
        contradicted = said.expiry is not None and said.expiry.over and not held.expires
        if said.expiry_unread or contradicted or (expires and last is None):
            return None, "expiry_unreadable", say("words.expiry_unreadable")
        if not expires and (credential.valid_months is not None or "validity_unknown" in credential.flags):
            return None, "no_expiry", say("words.no_expiry")
        return True, None, None


def _not_now(credential: Credential, said: Said) -> tuple[bool, str, str] | None:
    """Of a credential that is over by what was said, or not yet earned: the same three."""
    if said.over:
        return False, said.over, say("words.said_expired" if said.over == "expired" else "words.said_not_valid")
    if credential.kind == _OF_APPRENTICES and not said.finished:
        return False, "not_finished", say("words.apprenticeship_not_finished")
    return None


def _elsewhere(
    credential: Credential, held: HeldCredential, said: Said, home_state: str | None
) -> tuple[bool | None, str, str] | None:
    """Of a credential that is of another place, or may be: whether it counts here, the reason code and the note."""
    bound = credential.state is not None or credential.kind in _STATE_BOUND or "state_rules_vary" in credential.flags
    if said.abroad and bound:
        return False, "other_country", say("words.abroad_licence")
    if said.abroad:
        return None, "other_country", say("words.abroad")
    if bound and held.state and held.state != home_state:
        where = say("words.other_state", issued=held.state, home=home_state) if home_state else None
        return None, "other_state", where or say("words.issued_in", issued=held.state)
    if credential.state and not held.state and home_state and credential.state != home_state:
        # "Guard card" in New Jersey: we know such a card of Texas, and nobody said that it was issued there.
        return None, "other_state", say("words.state_not_known", known=credential.state, home=home_state)
    return None


def resolve_list(
    index: CredentialIndex, held: HeldCredential, today: date, home_state: str | None, meant: Meant = str
) -> tuple[HeldResolution, ...]:
    """Each credential of what may be a list; a name that is known whole ("Heating and Air License") is not split."""
    plainly = replace(held, name=with_plain_expiries(fold(held.name)))
    parts = split_credentials(plainly)
    slashed = [part.strip() for part in _SLASH.split(plainly.name)]
    if len(parts) == 1 and 1 < len(slashed) <= MAX_PARTS and all(map(index.names.knows, slashed)):
        parts = tuple(replace(held, name=part) for part in slashed)
    known_whole = index.names.knows(meant(read_said(plainly.name, held.name).name))
    # "RN and BSN" are two, though "RN to BSN" is the name of one; a licence with its endorsement is listed as one.
    one = known_whole and (_OF_CLASSES.search(plainly.name) or not all(index.names.knows(p.name) for p in parts))
    if len(parts) == 1 or one:
        return (index.resolve(held, today, home_state, None, meant),)
    each = tuple(index.resolve(part, today, home_state, held.name, meant) for part in parts)
    if not any(e.credential_id for e in each):
        return (index.resolve(held, today, home_state, None, meant),)
    first: dict[str, HeldResolution] = {}
    for result in each:
        first.setdefault(result.credential_id or result.resolved.text, result)
    return tuple(first.values())
