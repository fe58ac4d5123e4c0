"""The rest of the O*NET database: what its elements, scales and categories mean, and every further rating and list.

The method reads occupations, titles, technologies, tasks, job zones and the three rating matrices (`occupations.py`).
These tables are kept beside them so that a figure can be looked up in the edition an answer was made from.
"""

from taxonomy.frozen import frozen


@frozen
class OccupationDescription:
    """What O*NET says an occupation does."""

    onet_code: str
    text: str
    release: str


@frozen
class ContentElement:
    """An element of the content model: a skill, an interest, a work style, or a heading over some."""

    element_id: str
    name: str
    description: str
    release: str


@frozen
class Scale:
    """A scale of ratings with its ends."""

    scale: str
    name: str
    minimum: float
    maximum: float
    release: str


@frozen
class ScalePoint:
    """What one category or anchor of a scale means; of one element, or of all that use the scale."""

    element_id: str | None
    scale: str
    point: int
    meaning: str
    release: str


@frozen
class ElementRating:
    """A rating of an element for an occupation: a mean, or the share of answers that chose a category, per cent."""

    onet_code: str
    element_id: str
    scale: str
    category: int | None
    value: float
    people: int | None  # who answered
    suppress: bool | None  # the publisher recommends not to show it: its sample is small
    release: str


@frozen
class TaskRating:
    """How often, how important or how relevant a task is in an occupation."""

    onet_code: str
    task_id: str
    scale: str
    category: int | None
    value: float
    suppress: bool | None
    release: str


@frozen
class TaskActivity:
    """A task of an occupation is an instance of a detailed work activity."""

    onet_code: str
    task_id: str
    activity_id: str
    release: str


@frozen
class EmergingTask:
    """A task that workers report and O*NET has not taken in yet, or a new wording of one it has."""

    onet_code: str
    text: str
    kind: str  # new | revision
    task_id: str | None  # of the task it rewords
    release: str


@frozen
class ElementLink:
    """Two elements that O*NET ties: a skill or ability and an activity or context, an interest and its type."""

    element_id: str
    other_id: str
    release: str


@frozen
class OccupationTool:
    """A tool or machine that workers of an occupation use."""

    onet_code: str
    tool: str
    commodity_code: str
    release: str


@frozen
class Commodity:
    """A UNSPSC commodity, by which tools and technologies are grouped."""

    commodity_code: str
    title: str
    class_title: str
    family_title: str
    segment_title: str
    release: str


@frozen
class InterestExample:
    """Words that show what an interest is: an activity, a keyword or an occupation."""

    element_id: str
    kind: str  # activity | keyword | occupation
    group: str  # O*NET's own grouping of it
    text: str  # of an occupation its code
    release: str


@frozen
class JobZoneMeaning:
    """What a job zone asks for."""

    job_zone: int
    name: str
    experience: str
    education: str
    training: str
    examples: str
    svp_range: str  # the range of specific vocational preparation, as printed
    release: str


@frozen
class SurveyFact:
    """How the data of an occupation were gathered: a share of those who answered."""

    onet_code: str
    item: str
    response: str | None  # None: the item has no further answers to choose among
    people: int | None
    percent: float | None
    collected: str | None  # month of the survey, as printed
    release: str


@frozen
class SurveyItem:
    """Where an element is asked for in O*NET's questionnaires."""

    element_id: str
    item: str
    scale: str
    release: str
