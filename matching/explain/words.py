"""The words of checks, questions and rulings: one entry a code, so that a sentence is written once."""

from typing import NamedTuple

from matching.moves import CONCERNS as CODES
from matching.wording import Said, say


class Concern(NamedTuple):
    """What a concern means for the case manager, and what to ask the provider."""

    check: Said
    question: Said


CONCERNS: dict[str, Concern] = {
    code: Concern(say(f"concern.{code}.check"), say(f"concern.{code}.question"))
    for code in (*CODES, "max_weeks_to_better_pay", "education")
}

_RULES = (
    "already_held",
    "distance",
    "travel_time",
    "other_state",
    "modality",
    "schedule",
    "study_hours_per_week",
    "must_earn_while_training",
    "max_out_of_pocket_usd",
    "max_weeks_to_better_pay",
    "language",
    "age",
    "drivers_license",
    "no_variable_hours",
    "no_overnight_travel",
    "sectors",
    "exclude_sectors",
    "shorter_way",
    "no_known_job",
    "no_better_pay",
    "education",
    "prerequisite",
    "max_weeks",
    "beaten",
)
RULED_OUT: dict[str, Said] = {code: say(f"ruled_out.{code}") for code in _RULES}

LIMITS = (say("limit.screening"), say("limit.value"))
