"""Made parts on the data: what the package carries, how much of it, and which official files it can read."""

from collections import Counter

from app.services.answering import MatchEngine
from taxonomy.loaders.mapping_file import list_mappings
from taxonomy.loaders.source import Source, list_sources
from taxonomy.tables import TABLES
from tests.architecture.tables import table

# What a row of each table is; a table without an entry here fails the test of this page.
ROWS: dict[str, str] = {
    "releases": "editions of sources, with licence and attribution",
    "problems": "cells left out, repaired or not believed, with the reason",
    "occupations": "O*NET-SOC 2019 occupations",
    "titles": "job titles that mean an occupation, English and Spanish",
    "descriptors": "O*NET skills and knowledge areas",
    "skill_phrases": "everyday phrases that mean a descriptor or technology",
    "technologies": "technologies named for an occupation",
    "tasks": "task statements, of the official O*NET files only",
    "related": "related occupations, of the official O*NET files only",
    "wages": "hourly wage percentiles of an occupation in an area",
    "zips": "ZIP codes with county, metro area, board and coordinates",
    "credentials": "credentials, with what each opens and asks for",
    "stack_rules": "rules by which one credential counts towards another",
    "screens": "grades and English asked for before the start, by credential or provider",
    "providers": "providers",
    "programs": "programs",
    "program_occupations": "links from a program to a job, with basis and confidence",
    "outcome_rates": "counted outcomes of providers, of official files only",
    "outcome_earnings": "quarterly earnings of those who left a program, of official files only",
    "peer_rates": "rates fitted to peers, by field of study",
    "studies": "impact studies, positive, null and negative",
    "effects": "effects the studies found",
    "ratings": "clearinghouses' ratings of them",
    "study_links": "which provider a study speaks of",
    "supports": "organisations that support people beside a course",
    "parameters": "dated amounts and thresholds of law",
    "legal_bars": "grounds in law that can bar a licence, with the waiver route",
    "job_signals": "what sources say of a job beside its pay: hours, nights away, wage floors, unions, dangers",
    "fields_of_study": "pairs of a field of study (CIP 2020) and an occupation (SOC 2018)",
    "field_titles": "what a field of study is called (CIP 2020), of official files only",
    "projections": "projected employment of an occupation in an area, of official files only, as are all below",
    "institutions": "institutions of the federal directory (IPEDS)",
    "completions": "awards an institution gave in a field of study and year (IPEDS)",
    "apprenticeship_occupations": "occupations of registered apprenticeship (RAPIDS)",
    "child_care_rates": "the most a board pays for a child's care a day",
    "income_limits": "HUD's income limits of a county",
    "local_words": "what a local board's people call a job, a skill or a credential",
    "rents": "HUD's fair market rent of an area and number of bedrooms",
    "wage_ratios": "average pay of a county as a share of the living wage",
    "counties": "counties with FIPS code, areas and population",
    "soc_groups": "groups and occupations of the SOC 2018, with definitions",
    "soc_successors": "SOC 2010 codes with each SOC 2018 code they became",
    "direct_match_titles": "BLS's titles that mean one SOC 2018 occupation; never in the resolver",
    "career_pathways": "occupations and fields of study of a state's career pathways",
    "demand_listings": "occupations and fields of study on a state's demand list",
    "listed_credentials": "credentials as a state's list names them",
    "occupation_skills": "BLS's percentile of an occupation in a skill",
    "occupation_attainment": "schooling of those who work in an occupation",
    "occupation_separations": "share of an occupation that leaves it each year",
    "occupation_descriptions": "what O\\*NET says an occupation does",
    "content_elements": "elements of O\\*NET's content model",
    "scales": "O\\*NET's scales",
    "scale_points": "what a category or anchor of a scale means",
    "element_ratings": "ratings of interests, values, styles, schooling, activities and context",
    "task_ratings": "ratings of tasks, where the user has the table",
    "work_activities": "intermediate and detailed work activities",
    "task_activities": "tasks with the activity they are an instance of",
    "emerging_tasks": "tasks that O\\*NET has not taken in yet",
    "element_links": "elements that O\\*NET ties to each other",
    "tools": "tools named for an occupation",
    "commodities": "UNSPSC groups of tools and technologies",
    "interest_examples": "activities, keywords and occupations that show an interest",
    "job_zone_meanings": "what a job zone asks for",
    "survey_facts": "how the data of an occupation were gathered",
    "survey_items": "where O\\*NET's questionnaires ask for an element",
}


def starter(engine: MatchEngine) -> str:
    """Releases of the starter set."""
    return table(
        ("Release", "What", "Publisher", "Edition", "Licence"),
        ((f"`{r.id}`", r.title, r.publisher, r.edition, r.licence) for r in engine.snapshot.table("releases")),
    )


def counts(engine: MatchEngine) -> str:
    """Rows of every table of the starter set, and how many of our own rows are checked at their source."""
    snapshot = engine.snapshot
    rows = [(f"`{name}`", f"{len(snapshot.table(name)):,}", ROWS[name]) for name in TABLES]
    wages = Counter((w.area_name, w.year) for w in snapshot.table("wages"))
    checked = "; ".join(
        f"{sum(row.verified for row in snapshot.table(name))} of {len(snapshot.table(name))} {what}"
        for name, what in (
            ("credentials", "credentials"),
            ("stack_rules", "stack rules"),
            ("parameters", "amounts and thresholds"),
        )
    )
    areas = "; ".join(f"{area} {year}: {n} occupations" for (area, year), n in sorted(wages.items()))
    return "\n\n".join(
        (
            table(("Table", "Rows", "A row is"), rows),
            f"Wages: {areas}. Checked at their source (`verified`): {checked}; the answer says so of the others.",
        )
    )


def _all_sources() -> list[Source]:
    """Publishers' files with a loader of their own, then provider lists that a mapping describes."""
    return [*list_sources(), *(mapping.source for mapping in list_mappings())]


def sources(_: MatchEngine) -> str:
    """Every official source that can be installed."""
    return table(
        ("Source", "Publisher", "Licence", "Its schedule", "Least rows"),
        (
            (
                f"[{s.title}]({s.link}) (`{s.id}`)",
                s.publisher,
                s.licence,
                "none known" if s.every_days is None else f"every {s.every_days} days",
                "; ".join(f"{t.name} {t.minimum_rows:,}" for t in s.tables),
            )
            for s in _all_sources()
        ),
    )


def files(_: MatchEngine) -> str:
    """The files `data install` knows, by the publisher's names."""
    return table(("Source", "Files"), ((f"{s.title}, {s.publisher}", _names(s)) for s in _all_sources()))


def _names(source: Source) -> str:
    return ", ".join(f"`{name}`" for t in source.tables for name in t.files)
