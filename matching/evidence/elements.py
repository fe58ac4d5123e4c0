"""The five elements of the sector model, as yes, no or unknown for one offering, with where that was read.

An element found at one site of a provider is not an element of its other sites, and an element attributed to a group
of programs is not checked for any one of them: both stay unknown, as a question for the provider.
"""

from collections.abc import Mapping, Sequence

from matching.evidence.dossier import Dossier
from matching.wording import Said, say
from taxonomy.programs import Program
from taxonomy.studies import Support

ELEMENTS = ("screening", "training", "career_readiness", "supports", "employer_ties")

# Awards that end in something an employer outside the school can read. A bare "certificate of completion" is not one.
_RECOGNISED_AWARDS = {"industry_certificate", "license", "college_certificate", "associate", "bachelor"}


def elements_of_program(program: Program, same_site: Sequence[Dossier]) -> tuple[dict[str, str], str | None]:
    """Elements from studies at this very site, and from what the program's own listing shows."""
    elements, sources = _from_studies(same_site)
    if elements["training"] == "unknown" and program.credential_id is not None and program.award in _RECOGNISED_AWARDS:
        elements["training"] = "yes"
        sources.append(program.release)
    if program.kind == "apprenticeship":
        # A registered program is work for an employer or sponsor with related instruction. Lists do not prove
        # registration, so the source says the condition.
        elements["training"] = elements["employer_ties"] = "yes"
        sources.append("29 CFR 29.5(b), if the program is registered")
    return elements, "; ".join(dict.fromkeys(sources)) or None


def elements_of_support(support: Support, same_site: Sequence[Dossier]) -> tuple[dict[str, str], str | None]:
    """Elements from studies of the intermediary, and from what it is recorded to give and to ask."""
    elements, sources = _from_studies(same_site)
    if support.education_required is not None:
        elements["screening"] = "yes"
    if support.gives:
        elements["supports"] = "yes"
    return elements, "; ".join(dict.fromkeys([*sources, support.source]))


def _from_studies(same_site: Sequence[Dossier]) -> tuple[dict[str, str], list[str]]:
    elements = dict.fromkeys(ELEMENTS, "unknown")
    sources = []
    for dossier in same_site:
        if not dossier.study.elements_checked:
            continue
        sources.append(dossier.study.url)
        for element in ELEMENTS:
            if element in dossier.study.elements:
                elements[element] = "yes"
            elif elements[element] == "unknown":
                elements[element] = "no"
    return elements, sources


def to_ask(elements: Mapping[str, str]) -> tuple[Said, ...]:
    """What to ask of the elements of the sector model not known or not there, and what to add locally if need be."""
    return tuple(say(f"element.{name}") for name in ELEMENTS if elements.get(name, "unknown") != "yes")
