"""BLS employment projections by occupation, national (Table 1.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from taxonomy.codes import Education, parse_soc_code
from taxonomy.frozen import frozen
from taxonomy.loaders.groups import list_groups
from taxonomy.loaders.rows import Rows
from taxonomy.loaders.source import Delivery
from taxonomy.occupations import Occupation
from taxonomy.release import LoadReport

# What BLS prints, and our word for it. BLS counts an equivalency as a diploma.
_EDUCATION = {
    "No formal educational credential": Education.LESS_THAN_HIGH_SCHOOL,
    "High school diploma or equivalent": Education.HIGH_SCHOOL_DIPLOMA,
    "Some college, no degree": Education.SOME_COLLEGE,
    "Postsecondary nondegree award": Education.POSTSECONDARY_CERTIFICATE,
    "Associate's degree": Education.ASSOCIATE,
    "Bachelor's degree": Education.BACHELOR,
    "Master's degree": Education.GRADUATE,
    "Doctoral or professional degree": Education.GRADUATE,
}
_EXPERIENCE = {"None": "none", "Less than 5 years": "less_than_5_years", "5 years or more": "5_years_or_more"}
_TRAINING = {
    "None": "none",
    "Short-term on-the-job training": "short_term",
    "Moderate-term on-the-job training": "moderate_term",
    "Long-term on-the-job training": "long_term",
    "Apprenticeship": "apprenticeship",
    "Internship/residency": "internship",
}
_UNAVAILABLE = ("—", "-", "–")
# Employment and openings are printed in thousands.
_THOUSAND = 1000


@frozen
class Projection:
    """What BLS projects for one published code. Unknown is None."""

    soc_code: str
    employment: int | None
    growth_pct: float | None
    openings_per_year: int | None
    typical_education: str | None
    work_experience: str | None
    on_the_job_training: str | None
    release: str


def load_projections(delivery: Delivery) -> tuple[dict[str, Projection], LoadReport]:
    """Projections by published code: line items only, summaries and notes left out."""
    report = LoadReport(delivery.release_id)
    projections: dict[str, Projection] = {}
    rows = Rows(delivery, "projections", report)
    for line, (code, kind, employment, growth, openings, education, experience, training) in rows:
        soc = parse_soc_code(code)
        if kind != "Line item" or soc is None or soc in projections:
            rows.leave_out(line, "Occupation type", kind or code, "a summary, a note or a repetition")
            continue
        projections[soc] = Projection(
            soc_code=soc,
            employment=_thousands(_number(rows, line, "Employment", employment)),
            growth_pct=_number(rows, line, "Employment change, percent", growth),
            openings_per_year=_thousands(_number(rows, line, "Occupational openings", openings)),
            typical_education=_label(rows, line, "Typical education", education),
            work_experience=_word(rows, line, "Work experience", experience, _EXPERIENCE),
            on_the_job_training=_word(rows, line, "On-the-job training", training, _TRAINING),
            release=delivery.release_id,
        )
        rows.keep()
    rows.close()
    return projections, report


def add_projections(occupations: Sequence[Occupation], projections: Mapping[str, Projection]) -> list[Occupation]:
    """Occupations with the projection of their SOC code, or of the group BLS publishes it in.

    O*NET's finer occupations share the figures of their SOC code: nobody projects them apart.
    """
    group_of = {member: code for code, members in list_groups().items() for member in members}
    return [_with_projection(o, projections, group_of.get(o.soc_code)) for o in occupations]


def _with_projection(occupation: Occupation, projections: Mapping[str, Projection], group: str | None) -> Occupation:
    own = projections.get(occupation.soc_code)
    found = own or projections.get(group or "")
    if found is None:
        return occupation
    return replace(
        occupation,
        typical_education=found.typical_education,
        work_experience=found.work_experience,
        on_the_job_training=found.on_the_job_training,
        growth_pct=found.growth_pct,
        openings_per_year=found.openings_per_year,
        employment=found.employment,
        projections_area="US",
        projections_release=found.release,
        projections_of=None if own else group,
    )


def _number(rows: Rows, line: int, column: str, text: str) -> float | None:
    return None if text.strip() in _UNAVAILABLE else rows.number(line, column, text)


def _thousands(value: float | None) -> int | None:
    return None if value is None else round(value * _THOUSAND)


def _label(rows: Rows, line: int, column: str, text: str) -> str | None:
    return _word(rows, line, column, text, {words: level.label for words, level in _EDUCATION.items()})


def _word(rows: Rows, line: int, column: str, text: str, words: Mapping[str, str]) -> str | None:
    text = text.strip().replace("’", "'")
    if text in words or text in _UNAVAILABLE:
        return words.get(text)
    rows.note(line, column, text, action="value_unknown", reason="not a category we know")
    return None
