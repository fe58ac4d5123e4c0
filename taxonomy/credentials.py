"""Credentials and the rules by which one counts towards another."""

from dataclasses import replace
from typing import Any

from taxonomy.frozen import frozen

# terminal_risk: stopping here has not raised pay in the studies we hold, or pays little. hands_on: learned with hands
# or patients, so that a course listed as online has parts in person; our judgement. driving_licence: presupposes one.
# validity_unknown: whether it expires was not found. state_rules_vary: rules differ by state.
FLAGS = frozenset(
    {
        "terminal_risk",
        "hands_on",
        "driving_licence",
        "validity_unknown",
        "state_rules_vary",
    }
)


@frozen
class Credential:
    """A credential a person can hold. `kind` is its CTDL class. Unknown is None."""

    id: str
    name: str
    kind: str  # certificate | certification | license | degree | apprenticeship_certificate | badge
    sector: str  # healthcare | information_technology | manufacturing | construction | transportation | business | ...
    issuer: str | None
    state: str | None  # postal code when it holds in one state only; None when national
    aliases: tuple[str, ...]  # other names, acronyms first
    program_patterns: tuple[str, ...]  # regular expressions over a program's or credential's lower-case name
    cip_prefixes: tuple[str, ...]  # CIP codes or prefixes ("51.39") a program awarding it is filed under
    opens: tuple[str, ...]  # O*NET codes it qualifies for, plainest first; empty when it opens none by itself
    licenses: tuple[str, ...]  # O*NET codes nobody may work in without this (or a higher) credential, in the state
    education_required: str | None  # Education label to start
    education_awarded: str | None  # Education label it confers, when it confers one
    minimum_age: int | None
    training_hours: float | None  # the rule's own minimum, not one program's length
    exam_name: str | None
    exam_cost_usd: float | None
    valid_months: int | None  # None: does not expire, or unknown (see `flags`)
    legal_bars: tuple[str, ...]  # codes of federal bars, "L1" ... and "LS" state licence law
    flags: tuple[str, ...]  # see FLAGS
    verified: bool  # False: assembled from general knowledge; shown as unverified
    source: str
    edition: str
    checked_on: str
    local_state: str | None = None  # postal code of the one state whose rules some of the facts were read from
    local_facts: tuple[str, ...] = ()  # the fields that hold in that state only

    def in_state(self, state: str | None) -> "Credential":
        """The credential as it is known in a state: what was read of one state's rules is unknown elsewhere."""
        if not self.local_facts or state == self.local_state:
            return self
        unknown: dict[str, Any] = dict.fromkeys(self.local_facts)
        if "valid_months" in unknown:
            unknown["flags"] = tuple(dict.fromkeys((*self.flags, "validity_unknown")))
        return replace(self, **unknown)


@frozen
class StackRule:
    """Credential `from_credential` counts towards `to_credential`.

    required: cannot start without it (rules that share `group` are alternatives: any one will do).
    part: who holds the later one holds this one too.
    recommended: shortens or eases it.
    advanced_standing: gives credit, only where `agreement` names the recorded agreement; else say "likely, confirm".
    """

    from_credential: str
    to_credential: str
    relation: str  # required | part | recommended | advanced_standing
    group: str | None
    work_months: int | None  # paid work in an occupation `from_credential` opens, needed before starting
    work_hours: int | None
    agreement: str | None
    verified: bool
    source: str
    edition: str


@frozen
class Screen:
    """What a credential, whoever teaches it, or a provider, whatever it teaches, screens for before the start."""

    credential_id: str | None
    provider_id: str | None
    reading_grade: float | None  # school grade on a test such as TABE or CASAS
    math_grade: float | None
    english: bool  # a rule asks for English itself
    verified: bool
    source: str
    edition: str
    education_required: str | None = None  # Education label
    minimum_age: int | None = None
