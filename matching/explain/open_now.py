"""Open now, in words: work that pays better and needs no plan, with its figures."""

from collections.abc import Iterable

from matching.answer_exits import OpenNow
from matching.explain.money import hourly
from matching.explain.refs import credential_ref
from matching.explain.steps import StepWriter
from matching.moves import Ready
from matching.wording import Said, say


def write_open_now(ready: Iterable[Ready], writer: StepWriter) -> tuple[OpenNow, ...]:
    """Each job as an exit that no step leads to."""
    return tuple(_written(one, writer) for one in ready)


def _written(one: Ready, writer: StepWriter) -> OpenNow:
    credential = writer.catalog.credentials[one.credential] if one.credential else None
    opened = writer.exit(one.opening)
    assert opened is not None  # noqa: S101 - there is an opening, so there is an exit
    why = (
        say("open_now.credential", credential=credential.name, job=opened.title)
        if credential
        else say("open_now.work", job=opened.title)
    )
    return OpenNow(one.opening.basis, credential_ref(credential, None), opened, _with_pay(why, one, writer))


def _with_pay(why: Said, one: Ready, writer: StepWriter) -> Said:
    wage, person = writer.wage(one.opening.occupation), writer.person
    return say(
        "open_now.pay",
        why=why,
        wage=hourly(one.opening.wage),
        area=wage.area_name,
        year=wage.year,
        percentile=10 if one.opening.cautious else 25,
        usual=hourly(person.usual_wage),
        basis=say(f"reason.basis.{person.usual_wage_basis}"),
    )
