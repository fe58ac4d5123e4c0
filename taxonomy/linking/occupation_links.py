"""The jobs a program leads to, best basis first: its credential, what the provider declares, what a classifier finds.

A link that should not be an exit point stays with `usable` false and the reason, so that a case manager can see what
the list claimed and why it was not believed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from taxonomy.codes import Education
from taxonomy.credentials import Credential
from taxonomy.frozen import frozen
from taxonomy.linking.awards import CONFERS, tops_up_degree
from taxonomy.linking.credential_naming import Naming, field_agreement, plain
from taxonomy.linking.declared import Declared
from taxonomy.linking.job_model import SURE_ENOUGH, Guess
from taxonomy.linking.kinds import is_preparation
from taxonomy.loaders.crosswalks import Crosswalks
from taxonomy.occupations import Occupation
from taxonomy.programs import Program, ProgramOccupation

# How far a declared occupation is believed: the field of study names it, names one beside it, or is silent.
_DECLARED_IN_FIELD, _DECLARED_NEAR_FIELD, _DECLARED_ALONE = 0.8, 0.65, 0.5
# A course under half a working week prepares for a task, not an occupation, unless it earns a known credential.
MIN_OCCUPATION_HOURS = 20


@frozen
class Licence:
    """Work that is closed by law to everybody without one of some credentials."""

    states: frozenset[str | None]  # where, as postal codes; None is the nation
    credentials: frozenset[str]  # ids of what opens it; one that opens licensed work counts: it is the higher one


@frozen
class Exits:
    """What the links of all programs share: occupations, who may work in them, and the field crosswalk by O*NET."""

    occupations: Mapping[str, Occupation]
    licensed: Mapping[str, Licence]  # by O*NET code
    by_cip: Mapping[str, tuple[tuple[str, float], ...]]  # CIP to O*NET codes of the snapshot, each with its share of 1
    cip_to_soc: Mapping[str, tuple[str, ...]]  # the crosswalk itself, which also names occupations not installed
    by_title: Mapping[str, frozenset[str]] = field(default_factory=dict)  # an occupation's own name to its major group

    @classmethod
    def build(
        cls, occupations: Iterable[Occupation], credentials: Iterable[Credential], crosswalks: Crosswalks
    ) -> "Exits":
        """Index the vocabularies once for a whole list."""
        by_code = {o.onet_code: o for o in occupations}
        known = list(credentials)
        fields = fields_by_onet(by_code.values(), crosswalks.cip_to_soc)
        titles = {_job_name(o.title): frozenset({o.onet_code[:2]}) for o in by_code.values()}
        return cls(by_code, _licensed(known), fields, crosswalks.cip_to_soc, titles)

    def names(self, cip: str | None, occupation: Occupation) -> bool:
        """Whether the crosswalk names the occupation for the field of study."""
        return occupation.soc_code in self._socs(cip)

    def is_near(self, cip: str | None, occupation: Occupation) -> bool:
        """Whether it names one of the same SOC minor group."""
        return any(_group(occupation.soc_code) == _group(soc) for soc in self._socs(cip))

    def suggests(self, cip: str | None) -> tuple[tuple[str, float], ...]:
        """Occupations of the snapshot that a field of study names, each with its share of 1."""
        return self.by_cip.get(cip or "", ())

    def _socs(self, cip: str | None) -> tuple[str, ...]:
        return () if _is_general(cip) else self.cip_to_soc.get(cip or "", ())


def claimed_links(
    program: Program, naming: Naming, declared: tuple[Declared, ...], exits: Exits
) -> list[ProgramOccupation]:
    """The jobs that a program's credential opens or its provider declares, each once."""
    links = _credential_links(program, naming, exits)
    named = {one.onet_code for one in declared}
    for one in declared:
        if one.onet_code not in links:
            links[one.onet_code] = _declared_link(program, naming, one, exits)
    if "renewal_course" in program.problems:
        links = {code: _unusable(link, "renewal_course") for code, link in links.items()}
    return [_with_sources(link, program, exits, declared=link.onet_code in named) for link in links.values()]


def is_silent(program: Program, links: Iterable[ProgramOccupation]) -> bool:
    """Whether neither credential nor provider says where a program leads, so that the classifier is asked."""
    unsaid = program.credential_id is None and not any(link.usable for link in links)
    return unsaid and "renewal_course" not in program.problems


def guessed_links(
    program: Program, naming: Naming, links: Iterable[ProgramOccupation], guesses: Iterable[Guess], exits: Exits
) -> list[ProgramOccupation]:
    """What the classifier finds besides `links`. Nobody claimed these, so the unfit are dropped; unsure ones stay."""
    known = {link.onet_code for link in links}
    found = []
    for guess in guesses:
        made = replace(_link(program, guess.onet_code, guess.probability, "classified"), sources=guess.sources)
        if guess.onet_code not in known and _why_not(made, program, naming, exits) is None:
            found.append(made if guess.probability >= SURE_ENOUGH else _unusable(made, "unsure"))
    return found


def _with_sources(link: ProgramOccupation, program: Program, exits: Exits, *, declared: bool) -> ProgramOccupation:
    """A link with everything that names its job, not the strongest alone."""
    said = (
        ("credential", link.basis == "credential"),
        ("declared", declared),
        ("field_of_study", exits.names(program.cip_code, exits.occupations[link.onet_code])),
    )
    return replace(link, sources=tuple(source for source, holds in said if holds))


def _credential_links(program: Program, naming: Naming, exits: Exits) -> dict[str, ProgramOccupation]:
    opens = naming.credential.opens if naming.credential else ()
    links = (_link(program, code, naming.confidence, "credential") for code in opens if code in exits.occupations)
    return {k.onet_code: _unusable(k, "barred") if exits.occupations[k.onet_code].barred else k for k in links}


def _declared_link(program: Program, naming: Naming, one: Declared, exits: Exits) -> ProgramOccupation:
    occupation = exits.occupations[one.onet_code]
    belief = _DECLARED_ALONE
    if exits.names(program.cip_code, occupation):
        belief = _DECLARED_IN_FIELD
    elif exits.is_near(program.cip_code, occupation):
        belief = _DECLARED_NEAR_FIELD
    return _checked(_link(program, one.onet_code, belief * one.share, "declared"), program, naming, exits)


def _checked(link: ProgramOccupation, program: Program, naming: Naming, exits: Exits) -> ProgramOccupation:
    reason = _why_not(link, program, naming, exits)
    return link if reason is None else _unusable(link, reason)


def _why_not(link: ProgramOccupation, program: Program, naming: Naming, exits: Exits) -> str | None:
    """The first reason why a declared or crosswalked occupation is no exit of the program, or None."""
    occupation = exits.occupations[link.onet_code]
    reasons = (
        ("barred", occupation.barred is not None),
        ("name_contradicts_field", "name_contradicts_field" in program.problems),
        ("name_is_another_job", _is_another_job(occupation, program, exits)),
        ("prepares_for_apprenticeship", is_preparation(program.name) and not _asks_for_nothing(occupation)),
        ("follows_degree", naming.credential is None and tops_up_degree(program.name)),
        ("contradicts_credential", _contradicts_credential(occupation, program, naming, exits)),
        ("licence_needed", _licence_missing(occupation, program, naming, exits)),
        ("contradicts_field", link.basis == "declared" and _contradicts_field(occupation, program, exits)),
        ("above_award", _above_award(occupation, program)),
        ("experience_needed", _experience_missing(occupation, program, link.basis)),
        ("short_course", naming.credential is None and _is_short(program)),
    )
    return next((reason for reason, holds in reasons if holds), None)


def _experience_missing(occupation: Occupation, program: Program, basis: str) -> bool:
    """An apprenticeship that declares such a job gives the years of work itself; a field of study never does."""
    has_work = program.kind == "apprenticeship" and basis == "declared"
    return occupation.work_experience not in (None, "none") and not has_work


def _is_short(program: Program) -> bool:
    if "part_of_course" in program.problems:
        return True
    return program.clock_hours is not None and program.clock_hours < MIN_OCCUPATION_HOURS


def _contradicts_credential(occupation: Occupation, program: Program, naming: Naming, exits: Exits) -> bool:
    """A job of another kind than those the credential opens, which the field of study does not name either.

    A neighbour stays: a medical-assistant course may well lead to work as a phlebotomist.
    """
    credential = naming.credential
    if credential is None or not credential.opens:
        return False
    if any(_group(occupation.onet_code) == _group(code) for code in credential.opens):
        return False
    # A field of study that does not fit the credential is the wrong box ticked, and no witness for the occupation.
    field_is_sound = field_agreement(credential, program.cip_code) < 2
    return not (field_is_sound and exits.names(program.cip_code, occupation))


def _is_another_job(occupation: Occupation, program: Program, exits: Exits) -> bool:
    """The course bears an occupation's name of another line of work ("Team Assembler" that declares lineworkers)."""
    named = exits.by_title.get(_job_name(program.name), frozenset())
    return bool(named) and occupation.onet_code[:2] not in named


def _asks_for_nothing(occupation: Occupation) -> bool:
    """Whether people enter it without schooling, or as the helper of a trade: what preparation for one may open."""
    return occupation.typical_education == "less_than_high_school" or occupation.title.startswith("Helpers")


def _job_name(text: str) -> str:
    return " ".join(word.removesuffix("s") for word in plain(text).split())


def _licence_missing(occupation: Occupation, program: Program, naming: Naming, exits: Exits) -> bool:
    # A specialty ("29-1141.03 Critical Care Nurses") is closed like the occupation it specialises.
    licence = exits.licensed.get(occupation.onet_code) or exits.licensed.get(f"{occupation.soc_code}.00")
    if licence is None:
        return False
    if licence.states.isdisjoint({None, program.state}):
        # Closed in a state whose rules we hold, and of this one we know no rule: its list has to say it is a licence.
        return program.state is not None and program.award != "license"
    return naming.credential is None or naming.credential.id not in licence.credentials


def _contradicts_field(occupation: Occupation, program: Program, exits: Exits) -> bool:
    """Neither in the field of study nor beside it, while the field offers something better."""
    if exits.names(program.cip_code, occupation) or exits.is_near(program.cip_code, occupation):
        return False
    return any(not exits.occupations[code].barred for code, _ in exits.suggests(program.cip_code))


def _above_award(occupation: Occupation, program: Program) -> bool:
    """Typically needs more than one level above what the course confers or asks for at entry."""
    if occupation.typical_education is None or program.kind == "apprenticeship":
        return False
    needed = Education[occupation.typical_education.upper()]
    conferred = CONFERS.get(program.award or "", Education.POSTSECONDARY_CERTIFICATE)
    if program.education_required:
        conferred = max(conferred, Education[program.education_required.upper()])
    # Law, medicine and research ask for the graduate degree itself: one level below does not do.
    return needed - conferred > (0 if needed is Education.GRADUATE else 1)


def _is_general(cip: str | None) -> bool:
    """Whether the code only says "construction trades, general" or "other": then it names no occupation's training."""
    return cip is not None and (cip.endswith("0000") or cip.endswith("99"))


def _group(code: str) -> str:
    """The SOC minor group, "29-1" of "29-1141.00"."""
    return code[:4]


def _link(program: Program, code: str, confidence: float, basis: str) -> ProgramOccupation:
    return ProgramOccupation(program.id, code, round(confidence, 3), basis, True, None, program.release)  # noqa: FBT003 - a record's column


def _unusable(link: ProgramOccupation, reason: str) -> ProgramOccupation:
    return replace(link, usable=False, reason=reason)


def _licensed(credentials: Iterable[Credential]) -> dict[str, Licence]:
    all_credentials = list(credentials)
    codes = {code for c in all_credentials for code in c.licenses}
    return {
        code: Licence(
            frozenset(c.state for c in all_credentials if code in c.licenses),
            frozenset(c.id for c in all_credentials if code in c.licenses or code in c.opens),
        )
        for code in codes
    }


def fields_by_onet(
    occupations: Iterable[Occupation], cip_to_soc: Mapping[str, Sequence[str]]
) -> dict[str, tuple[tuple[str, float], ...]]:
    """Field of study to the O*NET codes the crosswalk names, each with its share of 1; general fields left out."""
    by_soc: dict[str, list[str]] = {}
    for occupation in sorted(occupations, key=lambda o: o.onet_code):
        by_soc.setdefault(occupation.soc_code, []).append(occupation.onet_code)
    fields: dict[str, tuple[tuple[str, float], ...]] = {}
    for cip, socs in cip_to_soc.items():
        codes = [code for soc in socs for code in by_soc.get(soc, ())]
        if codes and not _is_general(cip):
            fields[cip] = tuple((code, 1 / len(codes)) for code in codes)
    return fields
