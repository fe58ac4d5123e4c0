"""High-wage and in-demand: two rules about a job, each returned with its parts, their figures and their days."""

from collections.abc import Iterable, Iterator

import numpy as np

from matching.answer_household import SelfSufficiency
from matching.answer_jobs import JobRule, RulePart
from matching.explain.money import hourly
from matching.moves import Opening, Person
from matching.places import AreaFigures
from matching.wording import Said, say
from taxonomy.frozen import frozen


@frozen
class JobRules:
    """Judges the jobs a person's plans open."""

    person: Person
    areas: dict[str, AreaFigures]
    needs: SelfSufficiency
    growth_pct: float  # as in MatchConfig.demand_growth_pct
    openings: int  # as in MatchConfig.demand_openings

    def of(self, opening: Opening) -> tuple[JobRule, JobRule]:
        """Both rules for the job that an opening opens."""
        return self._high_wage(opening), self._in_demand(opening.occupation)

    def _high_wage(self, opening: Opening) -> JobRule:
        median, need = self._median(opening.occupation), self._need(opening)
        # What the household needs decides only where it is known; a notice of the answer says when it is not.
        status = _all(part.status for part in (median, need) if part is median or part.status != "unknown")
        return JobRule("high_wage", status, (median, need), _pay_sentence(median, need))

    def _median(self, row: int) -> RulePart:
        """The middle wage against that of all work, both of one area and year: the nearest that publishes both."""
        for area in self.person.wages.ladder:
            figures = self.areas[area]
            value, of_all = float(figures.p50[row]), figures.all_work_p50
            if of_all is not None and not np.isnan(value):
                return RulePart(
                    name="median_of_all_work",
                    status=_status(holds=value >= of_all),
                    value=value,
                    at_least=of_all,
                    area=area,
                    area_name=figures.name,
                    year=str(figures.year),
                    source=figures.release,
                )
        return RulePart("median_of_all_work", "unknown")

    def _need(self, opening: Opening) -> RulePart:
        needed = self.needs.wage_usd_per_hour
        if needed is None:
            return RulePart("household_need", "unknown", value=opening.wage)
        return RulePart(
            name="household_need",
            status=_status(holds=opening.wage >= needed),
            value=opening.wage,
            at_least=needed,
            citation=self.needs.citation,
            effective_from=self.needs.effective_from,
        )

    def _in_demand(self, row: int) -> JobRule:
        parts = (*self._projected(row), self._on_board_list(row), self._on_state_list(row))
        return JobRule("in_demand", _any(part.status for part in parts), parts, _demand_sentence(parts))

    def _projected(self, row: int) -> Iterator[RulePart]:
        outlook = self.person.outlook
        level = int(outlook.source[row])
        if level < 0:
            yield RulePart("growth", "unknown", at_least=self.growth_pct)
            yield RulePart("openings", "unknown")
            return
        area, years = outlook.ladder[level], outlook.years[level]
        named = self.areas.get(area)
        needed = float(outlook.openings_needed(self.openings)[row])
        for name, value, least in (
            ("growth", float(outlook.growth_pct[row]), self.growth_pct),
            ("openings", float(outlook.openings_per_year[row]), float(np.ceil(needed))),
        ):
            known = not np.isnan(value)
            yield RulePart(
                name=name,
                status=_status(holds=value >= least) if known else "unknown",
                value=value if known else None,
                at_least=least,
                area=area,
                area_name=named.name if named else area,
                year=f"{years[0]}-{years[1]}" if years else None,
                source=outlook.releases[level],
            )

    def _on_board_list(self, row: int) -> RulePart:
        board = self.person.demand_lists.board
        entry = (board or {}).get(row)
        if entry is None:
            return RulePart("board_list", "unknown" if board is None else "no")
        return RulePart(
            name="board_list",
            status="yes",
            area=entry.area,
            citation=entry.citation,
            link=entry.link,
            effective_from=entry.effective_from,
            effective_to=entry.effective_to,
            checked_on=entry.checked_on,
        )

    def _on_state_list(self, row: int) -> RulePart:
        lists = self.person.demand_lists
        if lists.state is None or lists.state_release is None or self.person.place is None:
            return RulePart("state_list", "unknown")
        release = lists.state_release
        return RulePart(
            name="state_list",
            status=_status(holds=row in lists.state),
            area=self.person.place.state,
            year=release.edition,
            source=release.id,
            citation=release.title,
            link=release.link,
        )


def _status(*, holds: bool) -> str:
    return "yes" if holds else "no"


def _all(statuses: Iterable[str]) -> str:
    found = set(statuses)
    return "no" if "no" in found else "unknown" if "unknown" in found else "yes"


def _any(statuses: Iterable[str]) -> str:
    found = set(statuses)
    return "yes" if "yes" in found else "unknown" if "unknown" in found else "no"


def _pay_sentence(median: RulePart, need: RulePart) -> Said:
    if median.value is None or median.at_least is None:
        return say("job_rule.pay_unknown")
    figures = {
        "middle": hourly(median.value),
        "all": hourly(median.at_least),
        "area": median.area_name,
        "year": median.year,
    }
    if median.status == "yes" and need.status == "no" and need.at_least is not None:
        return say("job_rule.pay_above_but_need", need=hourly(need.at_least), **figures)
    return say("job_rule.pay_above" if median.status == "yes" else "job_rule.pay_below", **figures)


def _demand_sentence(parts: tuple[RulePart, ...]) -> Said:
    holding = {part.name: part for part in parts if part.status == "yes"}
    if board := holding.get("board_list"):
        return say("job_rule.on_board_list", source=board.citation, day=board.effective_from)
    if state := holding.get("state_list"):
        return say("job_rule.on_state_list", state=state.area, edition=state.year)
    for name in ("growth", "openings"):
        if part := holding.get(name):
            return say(f"job_rule.by_{name}", area=part.area_name)
    return say("job_rule.demand_unknown")
