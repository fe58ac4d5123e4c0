"""The tables of a snapshot: their names and the records they hold."""

from collections.abc import Iterator, Mapping
from itertools import chain

from taxonomy.credentials import Credential, Screen, StackRule
from taxonomy.job_signals import JobSignal
from taxonomy.law import LegalBar, Parameter
from taxonomy.living_costs import ChildCareRate, Rent
from taxonomy.local_words import LocalWord
from taxonomy.occupations import (
    Descriptor,
    Occupation,
    OccupationTechnology,
    RelatedOccupation,
    SkillPhrase,
    TaskStatement,
    Title,
    Wage,
    WorkActivity,
)
from taxonomy.places import County, Zip
from taxonomy.programs import (
    FieldOfStudy,
    FieldTitle,
    OutcomeEarnings,
    OutcomeRate,
    PeerRate,
    Program,
    ProgramOccupation,
    Provider,
)
from taxonomy.projections import AreaProjection, DemandListing
from taxonomy.release import Problem, Release
from taxonomy.studies import Effect, Rating, Study, StudyLink, Support

# Tables that answers are made from: file name and record type.
FOR_ANSWERS: dict[str, type] = {
    "releases": Release,
    "problems": Problem,
    "occupations": Occupation,
    "titles": Title,
    "descriptors": Descriptor,
    "skill_phrases": SkillPhrase,
    "technologies": OccupationTechnology,
    "tasks": TaskStatement,
    "related": RelatedOccupation,
    "wages": Wage,
    "zips": Zip,
    "credentials": Credential,
    "stack_rules": StackRule,
    "screens": Screen,
    "providers": Provider,
    "programs": Program,
    "program_occupations": ProgramOccupation,
    "outcome_rates": OutcomeRate,
    "outcome_earnings": OutcomeEarnings,
    "peer_rates": PeerRate,
    "studies": Study,
    "effects": Effect,
    "ratings": Rating,
    "study_links": StudyLink,
    "supports": Support,
    "parameters": Parameter,
    "legal_bars": LegalBar,
    "job_signals": JobSignal,
    "fields_of_study": FieldOfStudy,
    "field_titles": FieldTitle,
    "projections": AreaProjection,
    "child_care_rates": ChildCareRate,
    "rents": Rent,
    "counties": County,
    "local_words": LocalWord,
    "demand_listings": DemandListing,
    "work_activities": WorkActivity,
}

# Tables that no answer is made from: they stand beside, for whoever looks a figure up. A test holds the method to it.
FOR_LOOKING_UP = (
    "institutions",
    "completions",
    "apprenticeship_occupations",
    "income_limits",
    "wage_ratios",
    "soc_groups",
    "soc_successors",
    "direct_match_titles",
    "career_pathways",
    "listed_credentials",
    "occupation_skills",
    "occupation_attainment",
    "occupation_separations",
    "occupation_descriptions",
    "content_elements",
    "scales",
    "scale_points",
    "element_ratings",
    "task_ratings",
    "task_activities",
    "emerging_tasks",
    "element_links",
    "tools",
    "commodities",
    "interest_examples",
    "job_zone_meanings",
    "survey_facts",
    "survey_items",
)


class _RecordTypes(Mapping[str, type]):
    """The record type of every table; those for looking up are loaded when one of them is asked for."""

    def __getitem__(self, name: str) -> type:
        if name in FOR_LOOKING_UP:
            # As many types again as answers need, which took time at each start.
            from taxonomy.for_looking_up import RECORD_TYPES  # noqa: PLC0415

            return RECORD_TYPES[name]
        return FOR_ANSWERS[name]

    def __iter__(self) -> Iterator[str]:
        return chain(FOR_ANSWERS, FOR_LOOKING_UP)

    def __len__(self) -> int:
        return len(FOR_ANSWERS) + len(FOR_LOOKING_UP)


TABLES = _RecordTypes()
