"""Names of credentials to credentials, and whether what the person holds is valid here and today.

An expired licence or one of another state is recognised and said to be so; it is never silently valid.
"""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from rapidfuzz import fuzz, process

from matching.answer import Candidate, Resolved
from matching.resolve.certainty import with_probabilities
from matching.resolve.language import NOT_SUPPORTED, other_language
from matching.resolve.text import Understanding, fold, normalise, understanding, word_lists
from matching.seeker import HeldCredential
from matching.wording import say, together
from taxonomy.credentials import Credential

UNDERSTOOD_FROM = 0.8  # likeness, 0-1: below it two names share words such as "certified" and little else
SURE_FROM = 0.92
WITHIN = 0.85  # likeness of a name that stands whole among other words: understood, and to be confirmed
SHORTEST_GUESSED = 5  # characters; a shorter name is an acronym, and one letter makes it another
MAX_PARTS = 12

_LIST = re.compile(r" / |[,;&\n|]|\band\b|\by\b|(?<=\+)/|/(?=[a-z0-9]+\+)")
_LAPSED = re.compile(
    r"\b(?:expired|lapsed|inactive|revoked|suspended|not current|no longer valid|caducad[oa]|vencid[oa])\b"
)
# "exp 03/2024", "expires 2027-03-31", "expired in 2023", "vence 3/2027": what follows such a word is the expiry.
_SAID_EXPIRY = re.compile(
    r"\b(?:exp|expir(?:es|ed|ing|ation)|lapsed|(?:valid|good) (?:until|thru|through)|vence|vencid[oa])"
    r"[ .:]{0,3}(?:in |on |el |en )?(?:(?P<year>\d{4})-(?P<month>\d{1,2})(?:-\d{1,2})?|(?:(?P<before>\d{1,2})/)?"
    r"(?:\d{1,2}/)?(?P<after>\d{4}))\b"
)
# What somebody does not hold, or not yet.
_NOT_HELD = re.compile(
    r"^(?:i )?(?:never got|no tengo|no|not|never|none|without|don't have|do not have|didn't (?:get|finish)|failed|sin"
    r"|nunca)\b"
)
_NOT_YET = re.compile(
    r"\b(?:working (?:on|toward|towards)|in progress|studying|enrolled|pursuing|in school for|taking classes|expected"
    r"|not yet|want to get|estudiando|en proceso)\b"
)
_EXPIRY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
# Said of any credential, so they tell none from another.
_EMPTY_WORDS = frozenset(
    ["certificate", "certification", "certified", "cert", "credential", "license", "my", "a", "an", "the", "have"]
)
# Kinds a state grants, so that another state's may not count.
_STATE_BOUND = frozenset({"license"})


@dataclass(frozen=True, slots=True)
class HeldResolution:
    """A held credential as understood. `valid` None: may be valid, somebody should check; `reason` is a fixed code."""

    resolved: Resolved
    credential_id: str | None
    valid: bool | None
    # expired | other_state | no_expiry | expiry_unreadable | ambiguous | not_understood | not_held
    reason: str | None


@cache
def _states() -> dict[str, str]:
    """Postal code by code and by name, lower case."""
    names: dict[str, str] = word_lists()["states"]
    return {n: code for code, n in names.items()} | {code.lower(): code for code in names}


def _plain(name: str) -> str:
    return " ".join(w for w in normalise(name).split() if w not in _EMPTY_WORDS)


def _meanings(name: str) -> list[str]:
    """What an acronym of several meanings may stand for; empty for any other name."""
    bare = " ".join(w for w in re.findall(r"[a-z0-9+]+", name) if w not in _EMPTY_WORDS)
    meanings: list[str] = word_lists()["ambiguous_credentials"].get(bare, [])
    return meanings


def split_credentials(held: HeldCredential) -> tuple[HeldCredential, ...]:
    """One entry for each credential of a list such as "A+ / Net+ / Sec+", each with the list's state and expiry."""
    names = [part.strip() for part in _LIST.split(fold(held.name)) if part.strip()]
    if len(names) < 2:
        return (held,)
    return tuple(replace(held, name=name) for name in names[:MAX_PARTS])


def _expiry_said(held: HeldCredential, folded: str) -> tuple[HeldCredential, str]:
    """The expiry taken out of the name, where it stands there; what the expiry's own field says stands first."""
    said = _SAID_EXPIRY.search(folded)
    if said is None:
        return held, folded
    year, month = said["year"] or said["after"], said["month"] or said["before"]
    # A year alone ends with its December: nobody is called expired who may still hold it.
    expires = held.expires or f"{year}-{int(month or 12):02d}"
    return replace(held, expires=expires), f"{folded[: said.start()]} {folded[said.end() :]}"


def _last_day(expires: str) -> date | None:
    match = _EXPIRY.fullmatch(expires.strip())
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    try:
        day = int(match[3]) if match[3] else calendar.monthrange(year, month)[1]
        return date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        return None


class CredentialIndex:
    """Finds a snapshot's credentials by name, alias and acronym."""

    def __init__(self, credentials: Iterable[Credential]) -> None:
        self._credentials = {c.id: c for c in credentials}
        named: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for credential in self._credentials.values():
            for name in (credential.name, *credential.aliases):
                for key in (normalise(name), _plain(name)):
                    if key:
                        named[key].setdefault(credential.id, name)
        self._named = dict(named)
        self._keys = sorted(named)

    def name_of(self, credential_id: str) -> str:
        """A credential's own name."""
        return self._credentials[credential_id].name

    def resolve(self, held: HeldCredential, today: date, home_state: str | None) -> HeldResolution:
        """What one held credential is, and whether it is valid on a day in the person's state."""
        what = understanding(held.name) if "+" not in held.name else Understanding.WORDS
        if what is not Understanding.WORDS:
            other = what is Understanding.OTHER_SCRIPT
            return self._unknown(held, NOT_SUPPORTED if other else say("words.no_words"))
        folded = fold(held.name)
        if _NOT_HELD.search(folded.strip()) or _NOT_YET.search(folded):
            return self._not_held(held, folded)
        held, folded = _expiry_said(held, folded)
        lapsed = _LAPSED.search(folded) is not None
        name, said_state = self._without_state(_LAPSED.sub(" ", folded).replace("()", " "))
        state = (held.state or "").strip().upper() or said_state
        candidates = self._candidates(name, folded, state or home_state)
        if not candidates or candidates[0].score < UNDERSTOOD_FROM:
            if other_language(held.name):
                return self._unknown(held, NOT_SUPPORTED)
            return self._unknown(held, say("words.no_such_credential"), candidates)
        best = self._credentials[candidates[0].code]
        valid, reason, note = self._validity(best, replace(held, state=state), today, home_state)
        if lapsed:
            valid, reason, note = False, "expired", say("words.said_expired")
        doubt = self._doubt(name, candidates)
        equal = [c for c in candidates if c.score == candidates[0].score]
        if len(equal) > 1 and _meanings(name):
            # Counting a phlebotomist's CPT as a production technician's would send them up the wrong ladder.
            resolved = Resolved(held.name, None, None, 0.0, candidates, confirm=True, note=doubt)
            return HeldResolution(resolved, None, None, "ambiguous")
        confirm = doubt is not None or candidates[0].score < SURE_FROM or reason == "other_state"
        said = [part for part in (note, doubt) if part]
        resolved = Resolved(
            held.name,
            best.id,
            best.name,
            candidates[0].score,
            candidates,
            confirm,
            together(said, "; ") if said else None,
        )
        return HeldResolution(resolved, best.id, valid, reason or ("ambiguous" if doubt else None))

    def _unknown(self, held: HeldCredential, note: str, candidates: tuple[Candidate, ...] = ()) -> HeldResolution:
        resolved = Resolved(held.name, None, None, 0.0, candidates, confirm=bool(candidates), note=note)
        return HeldResolution(resolved, None, None, "not_understood")

    def _not_held(self, held: HeldCredential, folded: str) -> HeldResolution:
        """What is denied, or only begun, is named in the candidates and never counts."""
        name = " ".join(_NOT_YET.sub(" ", _NOT_HELD.sub(" ", folded.strip())).split())
        candidates = self._candidates(name, folded, held.state)
        resolved = Resolved(held.name, None, None, 0.0, candidates, note=say("words.not_held"))
        return HeldResolution(resolved, None, valid=False, reason="not_held")

    def _without_state(self, folded: str) -> tuple[str, str | None]:
        """The name without a state at its front or end ("Texas CNA", "CNA (TX)"), and that state."""
        if normalise(folded) in self._named:
            return folded, None
        tokens = re.findall(r"[a-z0-9+#.'/-]+", folded)
        for width in (3, 2, 1):
            for part, rest in ((tokens[:width], tokens[width:]), (tokens[-width:], tokens[:-width])):
                state = _states().get(" ".join(part))
                if state and rest:
                    return " ".join(rest), state
        return folded, None

    def _candidates(self, name: str, folded: str, state: str | None) -> tuple[Candidate, ...]:
        found = self._named_exactly(folded, name) or self._named_nearly(_plain(name)) + self._named_within(name)
        for meaning in _meanings(name):
            found = found + (self._named_exactly(meaning) or self._named_nearly(_plain(meaning)))
        best: dict[str, Candidate] = {}
        for score, code, text in sorted(found, key=lambda f: (-f[0], self._elsewhere(f[1], state), f[1])):
            best.setdefault(code, Candidate(code, self._credentials[code].name, round(score, 4), None, text))
        return with_probabilities("credentials", tuple(best.values())[:5])

    def _named_exactly(self, *texts: str) -> list[tuple[float, str, str]]:
        for key in (*map(normalise, texts), *map(_plain, texts)):
            if key in self._named:
                return [(1.0, code, text) for code, text in self._named[key].items()]
        return []

    def _named_nearly(self, plain: str) -> list[tuple[float, str, str]]:
        if len(plain) < SHORTEST_GUESSED:
            return []
        near = process.extract(plain, self._keys, scorer=fuzz.token_sort_ratio, limit=15, score_cutoff=60)
        return [(score / 100, code, text) for key, score, _ in near for code, text in self._named[key].items()]

    def _named_within(self, name: str) -> list[tuple[float, str, str]]:
        """Acronyms and names of several words that stand whole among others: "HVAC EPA 608"."""
        words = _plain(name).split()
        spans = {" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, min(len(words), a + 5) + 1)}
        return [
            (WITHIN, code, text)
            for key in sorted(spans & self._named.keys())
            if len(key) >= SHORTEST_GUESSED or any(c.isdigit() for c in key)
            for code, text in self._named[key].items()
        ]

    def _elsewhere(self, code: str, state: str | None) -> int:
        """0 for a credential of the person's state, 1 for a national one, 2 for another state's."""
        own = self._credentials[code].state
        return 1 if own is None else 0 if own == state else 2

    def _doubt(self, name: str, candidates: tuple[Candidate, ...]) -> str | None:
        meanings = _meanings(name)
        if meanings:
            return say("words.may_mean", meanings=together(meanings, say("words.or")))
        same = [c for c in candidates if c.score == candidates[0].score and c.code != candidates[0].code]
        rivals = [
            c for c in same if self._credentials[c.code].state in (None, self._credentials[candidates[0].code].state)
        ]
        return say("words.may_also_mean", title=rivals[0].title) if rivals else None

    def _validity(
        self, credential: Credential, held: HeldCredential, today: date, home_state: str | None
    ) -> tuple[bool | None, str | None, str | None]:
        """Valid, reason code and note, the gravest first."""
        last = _last_day(held.expires) if held.expires else None
        if last is not None and last < today:
            return False, "expired", say("words.expired_on", day=last.isoformat())
        bound = (
            credential.state is not None or credential.kind in _STATE_BOUND or "state_rules_vary" in credential.flags
        )
        issued = held.state or (credential.state if credential.state else None)
        if bound and issued and home_state and issued != home_state:
            return None, "other_state", say("words.other_state", issued=issued, home=home_state)
        if held.expires and last is None:
            return None, "expiry_unreadable", say("words.expiry_unreadable")
        expires = credential.valid_months is not None or "validity_unknown" in credential.flags
        if expires and not held.expires:
            return None, "no_expiry", say("words.no_expiry")
        return True, None, None


def resolve_list(
    index: CredentialIndex, held: HeldCredential, today: date, home_state: str | None
) -> tuple[HeldResolution, ...]:
    """Each credential of what may be a list; a name that is known whole ("Heating and Air License") is not split."""
    whole = index.resolve(held, today, home_state)
    parts = split_credentials(held)
    if len(parts) == 1 or whole.resolved.score >= SURE_FROM:
        return (whole,)
    each = tuple(index.resolve(part, today, home_state) for part in parts)
    return each if any(e.credential_id for e in each) else (whole,)
