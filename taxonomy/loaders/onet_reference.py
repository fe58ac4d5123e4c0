"""O*NET's reference tables and further ratings, each row one record."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import partial
from typing import Any

from taxonomy.frozen import frozen
from taxonomy.loaders.records import FLAG, NUMBER, ONET, TEXT, WHOLE, Cell, needed, one_of, read_records
from taxonomy.loaders.rows import Rows
from taxonomy.loaders.source import Delivery
from taxonomy.occupations import WorkActivity
from taxonomy.onet_reference import (
    Commodity,
    ContentElement,
    ElementLink,
    ElementRating,
    EmergingTask,
    InterestExample,
    JobZoneMeaning,
    OccupationDescription,
    OccupationTool,
    Scale,
    ScalePoint,
    SurveyFact,
    SurveyItem,
    TaskActivity,
    TaskRating,
)
from taxonomy.release import LoadReport

_TEXT, _NUMBER, _WHOLE = needed(TEXT), needed(NUMBER), needed(WHOLE)
_EMERGING = needed(Cell(one_of(New="new", Revision="revision"), "New or Revision"))


@frozen
class _Table:
    """One file: into which table of the snapshot it goes, what its columns hold, and what makes a record of them."""

    into: str
    cells: Sequence[Cell]
    make: Callable[..., Any]  # takes the fields and `release`
    key: Callable[[Any], Hashable]


def _whole_record(record: object) -> Hashable:
    return record


def _rating_key(rating: ElementRating) -> Hashable:
    return rating.onet_code, rating.element_id, rating.scale, rating.category


# Five columns since the interests, values and styles are derived by models and no longer asked for.
_DERIVED = _Table(
    "element_ratings",
    (ONET, _TEXT, _TEXT, _NUMBER),
    lambda code, element, scale, value, *, release: ElementRating(
        code, element, scale, None, value, None, None, release
    ),
    _rating_key,
)
_SURVEYED = _Table("element_ratings", (ONET, _TEXT, _TEXT, WHOLE, _NUMBER, WHOLE, FLAG), ElementRating, _rating_key)
_LINK = _Table("element_links", (_TEXT, _TEXT), ElementLink, _whole_record)
_POINT = _Table("scale_points", (TEXT, _TEXT, _WHOLE, _TEXT), ScalePoint, _whole_record)

# By the manifest's name of the table; the columns there stand in the order of the fields here.
_TABLES: dict[str, _Table] = {
    "content_elements": _Table("content_elements", (_TEXT, _TEXT, _TEXT), ContentElement, lambda r: r.element_id),
    "scales": _Table("scales", (_TEXT, _TEXT, _NUMBER, _NUMBER), Scale, lambda r: r.scale),
    "education_categories": _POINT,
    "work_context_categories": _POINT,
    "level_anchors": _POINT,
    "task_categories": _Table("scale_points", (_TEXT, _WHOLE, _TEXT), partial(ScalePoint, None), _whole_record),
    "education": _SURVEYED,
    "interests": _DERIVED,
    "work_values": _DERIVED,
    "work_styles": _DERIVED,
    "work_activities": _Table(
        "element_ratings",
        (ONET, _TEXT, _TEXT, _NUMBER, WHOLE, FLAG),
        lambda code, element, scale, value, people, suppress, *, release: ElementRating(
            code, element, scale, None, value, people, suppress, release
        ),
        _rating_key,
    ),
    "work_context": _SURVEYED,
    "task_ratings": _Table(
        "task_ratings",
        (ONET, _TEXT, _TEXT, WHOLE, _NUMBER, FLAG),
        TaskRating,
        lambda r: (r.onet_code, r.task_id, r.scale, r.category),
    ),
    "intermediate_activities": _Table(
        "work_activities",
        (_TEXT, _TEXT, _TEXT),
        lambda element, activity, title, *, release: WorkActivity(activity, element, "intermediate", title, release),
        lambda r: r.activity_id,
    ),
    "detailed_activities": _Table(
        "work_activities",
        (_TEXT, _TEXT, _TEXT),
        lambda above, activity, title, *, release: WorkActivity(activity, above, "detailed", title, release),
        lambda r: r.activity_id,
    ),
    "task_activities": _Table("task_activities", (ONET, _TEXT, _TEXT), TaskActivity, _whole_record),
    "emerging_tasks": _Table(
        "emerging_tasks", (ONET, _TEXT, _EMERGING, TEXT), EmergingTask, lambda r: (r.onet_code, r.text)
    ),
    "tools": _Table("tools", (ONET, _TEXT, _TEXT), OccupationTool, _whole_record),
    "commodities": _Table("commodities", (_TEXT,) * 5, Commodity, lambda r: r.commodity_code),
    "ability_activities": _LINK,
    "ability_contexts": _LINK,
    "skill_activities": _LINK,
    "skill_contexts": _LINK,
    "basic_interests": _LINK,
    "interest_activities": _Table(
        "interest_examples",
        (_TEXT, _TEXT, _TEXT),
        lambda element, group, text, *, release: InterestExample(element, "activity", group, text, release),
        _whole_record,
    ),
    "interest_keywords": _Table(
        "interest_examples",
        (_TEXT, _TEXT, _TEXT),
        lambda element, text, group, *, release: InterestExample(element, "keyword", group, text, release),
        _whole_record,
    ),
    "interest_occupations": _Table(
        "interest_examples",
        (_TEXT, _TEXT, ONET),
        lambda element, group, code, *, release: InterestExample(element, "occupation", group, code, release),
        _whole_record,
    ),
    "job_zone_meanings": _Table("job_zone_meanings", (_WHOLE, *(_TEXT,) * 6), JobZoneMeaning, lambda r: r.job_zone),
    "survey_facts": _Table("survey_facts", (ONET, _TEXT, TEXT, WHOLE, NUMBER, TEXT), SurveyFact, _whole_record),
    "survey_items": _Table("survey_items", (_TEXT, _TEXT, _TEXT), SurveyItem, _whole_record),
    "descriptions": _Table("occupation_descriptions", (ONET, _TEXT), OccupationDescription, lambda r: r.onet_code),
}


def load_reference(delivery: Delivery, report: LoadReport) -> dict[str, list[Any]]:
    """Every reference table of an O*NET delivery that is there, by the snapshot table it goes into."""
    found: dict[str, list[Any]] = {}
    for name, table in _present(delivery):
        rows = Rows(delivery, name, report)
        make = partial(table.make, release=delivery.release_id)
        found.setdefault(table.into, []).extend(read_records(rows, table.cells, make, table.key))
    return found


def load_work_context(delivery: Delivery) -> tuple[dict[str, list[Any]], LoadReport]:
    """Work activities, work context and the ratings of tasks, where the user has the tables."""
    report = LoadReport(delivery.release_id)
    return load_reference(delivery, report), report


def _present(delivery: Delivery) -> Iterator[tuple[str, _Table]]:
    for name in delivery.files:
        if name in _TABLES:
            yield name, _TABLES[name]
