"""The words of checks, questions and rulings: one entry a code, so that a sentence is written once."""

from typing import NamedTuple


class Concern(NamedTuple):
    """What a concern means for the case manager, and what to ask the provider."""

    check: str
    question: str


CONCERNS: dict[str, Concern] = {
    "distance": Concern(
        "The list gives no place we can measure a distance to.", "Where is the class taught, and can you reach it?"
    ),
    "modality": Concern(
        "The list does not say how the class is taught, or it is not the way you prefer.",
        "Is the class in person, online, or both?",
    ),
    "schedule": Concern(
        "The list does not say when the class meets.", "Does the class meet at the times you are free?"
    ),
    "study_hours_per_week": Concern(
        "Whether the weekly hours stay within what you set is not known.",
        "How many hours a week do class and clinic take, and is there a part-time form?",
    ),
    "must_earn_while_training": Concern(
        "The hours may leave too little time for paid work.", "Can students keep a job during the course?"
    ),
    "drivers_license": Concern(
        "The course or the job asks for a driving licence, and you did not say whether you have one.",
        "Which driving licence does the course ask for at the start?",
    ),
    "language": Concern(
        "The class is taught in English, and your English is basic or not stated.",
        "Is there language help beside the class?",
    ),
    "no_variable_hours": Concern(
        "Hours in this job often vary from week to week.", "Do the employers you place with give fixed hours?"
    ),
    "no_overnight_travel": Concern(
        "Many jobs in this work mean nights away from home.", "Which local employers hire without nights away?"
    ),
    "max_out_of_pocket_usd": Concern(
        "Whether funding brings the cost under your limit is not known yet.",
        "What is the full price, and which funding do you take?",
    ),
    "support_admission": Concern(
        "The supporting organisation chooses whom it takes, by its own screening.",
        "What does the supporting organisation ask of applicants, and when does it take new ones?",
    ),
    "max_weeks_to_better_pay": Concern(
        "Better pay comes later than you wished.", "Is there a faster form of this course?"
    ),
    "education": Concern(
        "The course asks for schooling we do not know you have.", "Which schooling do you ask for, and what proves it?"
    ),
}

RULED_OUT: dict[str, str] = {
    "already_held": "lead to a credential you already hold",
    "distance": "are farther than you can go",
    "other_state": "stand on another state's list, which your state's training funds do not follow",
    "modality": "are taught in a way you ruled out",
    "schedule": "meet at times you cannot",
    "study_hours_per_week": "take more hours a week than you set",
    "must_earn_while_training": "leave too little time for paid work",
    "max_out_of_pocket_usd": "cost more than your limit even if all funding that may pay does",
    "max_weeks_to_better_pay": "bring better pay later than your limit",
    "language": "are taught in a language you did not name",
    "age": "have a minimum age you have not reached",
    "drivers_license": "need a driving licence",
    "sectors": "lie outside the sectors you chose",
    "exclude_sectors": "lie in sectors you excluded",
    "shorter_way": "teach in full what a bridge course, open to you by what you hold, leads to no later and no dearer",
    "no_known_job": "name no job we can stand behind, with a wage for your area",
    "no_better_pay": "lead to no job that pays more than you usually earn, and to no credential that does",
    "education": "ask for schooling you do not have yet",
    "prerequisite": "ask for a credential you do not hold yet",
    "max_weeks": "take longer than the bounds of the search",
    "beaten": "lead where another program leads in no more time, for no more money, with no weaker evidence",
}

LIMITS = (
    "This is a screening to talk over with a case manager, not a decision.",
    "Value counts pay before tax. Taxes, benefits that may fall as pay rises, and rising prices are left out.",
)
