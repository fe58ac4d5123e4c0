"""Examples shown in the API's description: an invented person, and the shape of an answer."""

from typing import Any

PROFILE: dict[str, Any] = {
    "reference": "A-1042",
    "location": {"zip": "78207", "modes": ["car", "transit"], "max_miles": 20},
    "work_history": [{"title": "nursing home aide", "months": 30, "ended": "2025-08", "hourly_wage_usd": 14.5}],
    "education": {"level": "high_school_equivalency"},
    "credentials": [{"name": "CNA", "state": "TX", "expires": "2027-03"}],
    "skills": [{"text": "taking vital signs"}],
    "languages": [{"code": "es", "level": "native"}, {"code": "en", "level": "working"}],
    "basic_skills": {"reading_grade": 9, "math_grade": 8},
    "goals": {"sectors": ["healthcare"], "interests": "SCI", "min_hourly_wage_usd": 22},
    "constraints": {
        "schedule": {"value": ["evening", "weekend"], "hard": True},
        "max_weeks_to_better_pay": {"value": 60, "hard": False},
        "max_out_of_pocket_usd": {"value": 500, "hard": True},
        "study_hours_per_week": {"value": 15, "hard": True},
        "must_earn_while_training": {"value": True, "hard": False},
        "drivers_license": "standard",
        "work_authorized": True,
        "child_care_needed": True,
    },
    "household": {"adults": 1, "children_ages": [4, 9], "annual_income_usd": 19000},
    "eligibility": {"birth_year": 1994, "employment_status": "unemployed", "snap": True, "veteran": False},
}

ANSWER: dict[str, Any] = {
    "as_of": "2026-11-22",
    "snapshot": "0" * 64,
    "method_version": "0.1.0",
    "reference": "A-1042",
    "language": "en",
    "understood": {"work_history": [], "skills": [], "credentials": [], "goals": [], "confirm": []},
    "plans": [],
    "ruled_out": [
        {
            "constraint": "max_out_of_pocket_usd",
            "count": 3,
            "detail": "3 programs cost more than $500 after what may be funded.",
            "examples": [],
        }
    ],
    "relaxations": [
        {
            "constraint": "max_out_of_pocket_usd",
            "from": 500,
            "to": 900,
            "opens_plans": 2,
            "gain_usd": 4100.0,
            "sentence": "Paying up to $900 opens 2 plans.",
        }
    ],
    "notices": [],
    "sources": [],
    "self_sufficiency": None,
    "open_now": [],
}

PROBLEM: dict[str, Any] = {
    "type": "urn:stackway:problem:invalid_input",
    "title": "The profile is not valid",
    "status": 422,
    "detail": "The profile has 1 fault; see errors.",
    "errors": [
        {
            "pointer": "/location/zip",
            "code": "wrong_format",
            "detail": "is text, but not a ZIP code of five digits",
            "remedy": "give a ZIP code of five digits",
        }
    ],
    "request_id": "2f1c9a4de0a74b6e8d0a6c1f3f5f7b11",
}

LIST_CSV = (
    "reference,zip,job_title_1,job_months_1,education,max_out_of_pocket_usd\n"
    "A-1042,78207,nursing home aide,30,high_school_equivalency,500\n"
)
LIST_JSONL = '{"reference": "A-1042", "location": {"zip": "78207"}, "work_history": [{"title": "nursing home aide"}]}\n'
LIST_CORRECTED_CSV = "row,reference,zip,job_title_1,education\n2,A-1043,78207,cashier,high_school_diploma\n"
LIST_CORRECTED_JSONL = '{"row": 2, "reference": "A-1043", "work_history": [{"title": "cashier"}]}\n'
ERRORS_CSV = (
    "row,column,code,message,fix\r\n2,zip,wrong_format,has not the form of a ZIP code of five digits,"
    "write it as a ZIP code of five digits\r\n"
)
RESULTS_JSONL = '{"row":1,"reference":"A-1042","answer":{"as_of":"2026-11-22","plans":[]}}\n'

# How far a list is.
LIST_RECORD: dict[str, Any] = {
    "id": "5b1f7e52-93a6-4f5e-8c0e-2f7d9d1b6c44",
    "version": 4,
    "created_at": "2026-11-22T15:04:05.123456+00:00",
    "updated_at": "2026-11-22T15:04:07.123456+00:00",
    "finished_at": None,
    "state": "running",
    "failure": None,
    "kind": "csv",
    "dry_run": False,
    "as_of": "2026-11-22",
    "plans": None,
    "language": "en",
    "snapshot": "0" * 64,
    "method_version": "0.1.0",
    "columns": ["reference", "zip", "job_title_1", "education"],
    "columns_left_out": [201],
    "total": 60,
    "done": 40,
    "errors": 1,
    "rounds": 1,
}
