"""Every number of the method that is ours, with unit and reason. Law and data have theirs in the snapshot."""

from taxonomy.frozen import frozen

METHOD_VERSION = "0.1.0"


@frozen
class MatchConfig:
    """Weights, bounds and assumptions. An answer names METHOD_VERSION, so a changed default changes the version."""

    # Value
    horizon_years: float = 5.0  # design: default horizon
    discount_rate: float = 0.03  # a year; the rate used by most public benefit-cost studies
    work_hours_per_week: float = 40.0  # full time, for everyone alike
    weeks_per_year: float = 52.0
    load_hours_per_week: float = 60.0  # work and class a week one person can bear; class beyond it displaces work
    exam_wait_weeks: float = 4.0  # our planning assumption between the end of a course and the exam result
    posterior_draws: int = 400  # fixed seed; the 10-90 % interval moves by about 2 % with more
    least_work_hours_per_week: float = 20.0  # "must earn while training": class has to leave this much for work
    unknown_length_quantile: float = 0.75  # a course of unknown length or price counts as long or dear as this share
    # Search
    default_max_miles: float = 50.0  # when the person names no limit; the answer says so
    max_training_steps: int = 4
    max_weeks: float = 260.0
    # Answer
    max_plans: int = 6
    confirm_below: float = 0.75  # a resolution surer than this is not asked about
    # Targets
    minimum_gain: float = 0.05  # an exit counts as better pay from 5 % over the usual wage
    demand_growth_pct: float = 0.0  # in demand: projected to grow, or ...
    demand_openings: int = (
        10_000  # ... with this many openings a year, for all that it shrinks: the nation's, fewer in a smaller area
    )
    near_from: float = 0.5  # work O*NET would as soon call related to past work as not counts as the same field
    field_months: float = 12.0  # experience in the field from which a newcomer is counted at the 25th percentile
    # Least share of O*NET's least preparation for a job zone that a course has to cover to open a job by itself; the
    # rest is learnt at work. Lower where a known certificate vouches for the course.
    course_share: float = 0.10
    course_share_certificate: float = 0.05
    # An exam vouches for what was learnt, but not that a course this short teaches it: below half the share that a
    # certificate's course has to cover, it opens the job only to people who have worked in the field.
    course_share_exam: float = 0.025
    zone_hours: tuple[float, ...] = (0.0, 0.0, 520.0, 2080.0, 4160.0, 8320.0)  # SVP: none, 3 months, 1, 2, 4 years
