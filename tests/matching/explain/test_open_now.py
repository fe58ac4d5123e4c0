"""Open now, in words: each figure of the sentence is one of the exit beside it."""

from datetime import date

from matching.config import MatchConfig
from matching.engine import match
from matching.explain.money import hourly
from matching.seeker import HeldCredential, Job, Location, Seeker
from matching.world import World

DAY = date(2026, 11, 27)


def test_the_sentence_names_the_credential_the_job_and_whose_figures_the_pay_is(starter_world: World) -> None:
    seeker = Seeker(
        location=Location(zip="78207"),
        work_history=(Job(title="cashier", months=30, hourly_wage_usd=13.0),),
        credentials=(HeldCredential("CDL Class A", expires="2030-01"),),
    )

    first = match(seeker, starter_world, MatchConfig(), DAY).open_now[0]

    wage = first.exit.wage_usd_per_hour
    assert first.credential is not None
    for part in (
        first.credential.name,
        first.exit.title,
        hourly(first.exit.counted_wage_usd_per_hour),
        wage.area_name,
        str(wage.year),
        "25th percentile",
        "$13.00",
    ):
        assert part in first.sentence
