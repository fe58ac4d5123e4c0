"""What holds in every snapshot: keys are unique, references lead somewhere, rows stand in one order."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from operator import attrgetter

from taxonomy.snapshot import Contents
from taxonomy.tables import TABLES

# The fields that name a row of each table. Where several rows may share them, the table is not in UNIQUE.
KEYS: dict[str, tuple[str, ...]] = {
    "releases": ("id",),
    "problems": ("release", "file", "line", "column", "value", "action", "reason"),
    "occupations": ("onet_code",),
    "titles": ("onet_code", "text", "kind"),
    "descriptors": ("element_id",),
    "skill_phrases": ("text", "element_id", "technology"),
    "technologies": ("onet_code", "technology"),
    "tasks": ("onet_code", "text"),
    "related": ("onet_code", "related_code"),
    "wages": ("soc_code", "area"),
    "zips": ("zip",),
    "credentials": ("id",),
    "stack_rules": ("from_credential", "to_credential", "relation", "group"),
    "providers": ("id",),
    "programs": ("id",),
    "program_occupations": ("program_id", "onet_code"),
    "outcome_rates": ("provider_id", "program_id", "cip_code", "measure", "population", "period"),
    "outcome_earnings": ("provider_id", "program_id", "cip_code", "measure", "statistic", "population", "period"),
    "peer_rates": ("measure", "group", "area", "period", "award", "population", "release"),
    "studies": ("id",),
    "effects": ("study_id", "outcome", "follow_up"),
    "ratings": ("study_id", "clearinghouse", "version", "level", "outcome", "term"),
    "study_links": ("study_id", "provider_id", "relation"),
    "supports": ("id",),
    "parameters": ("id", "area", "effective_from"),
    "legal_bars": ("code",),
    "job_signals": ("kind", "area", "occupations", "citation"),
    "screens": ("credential_id", "provider_id"),
    "projections": ("soc_code", "area"),
    "institutions": ("unit_id",),
    "completions": ("unit_id", "cip_code", "award"),
    "apprenticeship_occupations": ("rapids_code", "title"),
    "child_care_rates": ("state", "board", "provider_type", "rating", "age_group", "care"),
    "income_limits": ("county_fips",),
    "rents": ("area", "bedrooms"),
    "wage_ratios": ("county_fips", "year"),
    "counties": ("county_fips",),
    "soc_groups": ("soc_code",),
    "soc_successors": ("soc_2010", "soc_2018"),
    "direct_match_titles": ("soc_code", "title"),
    "career_pathways": ("cluster", "pathway", "onet_code_listed", "cip_code"),
    "demand_listings": ("state", "county", "soc_code_listed", "cip_code"),
    "listed_credentials": ("id",),
    "occupation_skills": ("soc_code", "skill"),
    "occupation_attainment": ("soc_code",),
    "occupation_separations": ("soc_code",),
    "occupation_descriptions": ("onet_code",),
    "content_elements": ("element_id",),
    "scales": ("scale",),
    "scale_points": ("element_id", "scale", "point", "meaning"),
    "element_ratings": ("onet_code", "element_id", "scale", "category"),
    "task_ratings": ("onet_code", "task_id", "scale", "category"),
    "work_activities": ("activity_id",),
    "task_activities": ("onet_code", "task_id", "activity_id"),
    "emerging_tasks": ("onet_code", "text"),
    "element_links": ("element_id", "other_id"),
    "tools": ("onet_code", "tool", "commodity_code"),
    "commodities": ("commodity_code",),
    "interest_examples": ("element_id", "kind", "group", "text"),
    "job_zone_meanings": ("job_zone",),
    "survey_facts": ("onet_code", "item", "response", "people", "percent", "collected"),
    "survey_items": ("element_id", "item", "scale"),
    "fields_of_study": ("cip_code", "soc_code"),
    "field_titles": ("cip_code",),
    "local_words": ("kind", "text", "area", "effective_from"),
}

# A study may report one outcome of one year in several units or groups; a file may repeat a faulty row.
NOT_UNIQUE = {"problems", "effects", "ratings", "study_links"}

# (table, field) -> (table, field) it must be found in. Fields of several values are checked one by one; None passes.
REFERENCES: dict[tuple[str, str], tuple[str, str]] = {
    ("titles", "onet_code"): ("occupations", "onet_code"),
    ("technologies", "onet_code"): ("occupations", "onet_code"),
    ("tasks", "onet_code"): ("occupations", "onet_code"),
    ("related", "onet_code"): ("occupations", "onet_code"),
    ("related", "related_code"): ("occupations", "onet_code"),
    ("skill_phrases", "element_id"): ("descriptors", "element_id"),
    ("stack_rules", "from_credential"): ("credentials", "id"),
    ("stack_rules", "to_credential"): ("credentials", "id"),
    ("credentials", "legal_bars"): ("legal_bars", "code"),
    ("screens", "credential_id"): ("credentials", "id"),
    ("programs", "provider_id"): ("providers", "id"),
    ("programs", "credential_id"): ("credentials", "id"),
    ("program_occupations", "program_id"): ("programs", "id"),
    ("program_occupations", "onet_code"): ("occupations", "onet_code"),
    ("effects", "study_id"): ("studies", "id"),
    ("ratings", "study_id"): ("studies", "id"),
    ("study_links", "study_id"): ("studies", "id"),
    ("supports", "credential_ids"): ("credentials", "id"),
}


class IntegrityError(Exception):
    """Contents that contradict themselves; the message lists what was found."""


def sort_contents(contents: Contents) -> None:
    """Put every table in the order of its key, and rows that may share one in the order of all fields.

    Descriptors stay as they are: their order is that of the matrices' columns.
    """
    for name, rows in contents.tables.items():
        if name == "descriptors":
            continue
        names = [*KEYS[name], *(f.name for f in fields(TABLES[name]))] if name in NOT_UNIQUE else KEYS[name]
        rows.sort(key=_by(names))


def _by(names: Sequence[str]) -> Callable[[object], tuple[object, ...]]:
    """A sort key over fields."""
    return lambda row: tuple(_orderable(getattr(row, name)) for name in names)


def _orderable(value: object) -> tuple[object, ...]:
    """A value as something that compares with any other of its column: None first."""
    return (0,) if value is None else (1, value)


def check_contents(contents: Contents) -> None:
    """Refuse contents with a repeated key, a reference to nothing, or matrices of another shape than their tables.

    Raises:
        IntegrityError: naming every kind of fault with examples.
    """
    faults = [*_repeated(contents), *_dangling(contents), *_unreleased(contents), *_misshapen(contents)]
    if faults:
        raise IntegrityError("; ".join(faults))


def _repeated(contents: Contents) -> Iterable[str]:
    for name in TABLES.keys() - NOT_UNIQUE:
        counts = Counter(map(attrgetter(*KEYS[name]), contents.tables[name]))
        if repeated := sorted(str(key) for key, count in counts.items() if count > 1):
            yield f"{name}: repeated {_examples(repeated)}"


def _dangling(contents: Contents) -> Iterable[str]:
    for (table, field), (target, key) in REFERENCES.items():
        known = set(map(attrgetter(key), contents.tables[target]))
        named = {v for row in contents.tables[table] for v in _values(getattr(row, field))}
        if strays := sorted(named - known):
            yield f"{table}.{field}: not in {target}: {_examples(strays)}"


def _unreleased(contents: Contents) -> Iterable[str]:
    known = {release.id for release in contents.tables["releases"]}
    known.add("")  # a problem of a file that belongs to no source
    for name, record_type in TABLES.items():
        if "release" in record_type.__dataclass_fields__ and (  # type: ignore[attr-defined]  # records are dataclasses
            strays := sorted({row.release for row in contents.tables[name]} - known)
        ):
            yield f"{name}.release: no such release: {_examples(strays)}"


def _misshapen(contents: Contents) -> Iterable[str]:
    wanted = (len(contents.tables["occupations"]), len(contents.tables["descriptors"]))
    for name in ("need", "importance"):
        shape = contents.arrays[name].shape if name in contents.arrays else None
        if shape != wanted:
            yield f"{name}: shape {shape}, {wanted} needed"


def _values(cell: object) -> Sequence[str]:
    if cell is None:
        return ()
    return cell if isinstance(cell, tuple) else (str(cell),)


def _examples(values: Sequence[str]) -> str:
    return ", ".join(values[:5]) + (f" and {len(values) - 5} more" if len(values) > 5 else "")
