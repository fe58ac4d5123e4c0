"""Bridges: English and basic skills up to what a course screens for, before it or beside it.

No source here says how long a bridge takes this person or what it costs, so both are unknown and asked. Where a screen
is on record the course has to wait for the bridge; where a course is merely taught in English, they can go together.
"""

from matching.answer import Step
from matching.moves import Move
from matching.screens import Screens
from matching.seeker import BasicSkills
from matching.wording import say
from taxonomy.frozen import frozen


@frozen
class Bridge:
    """What one bridge is to reach. `first`: the course asks for it by a rule on record, so it comes before."""

    subject: str  # reading | math | english
    has: float | None  # school grade of the person's test
    needs: float | None  # school grade asked for
    first: bool
    source: str | None


@frozen
class Bridges:
    """What the person brings, and what programs screen for."""

    screens: Screens
    basic_skills: BasicSkills
    basic_english: bool  # the person says that their English is basic

    def of(self, move: Move) -> tuple[Bridge, ...]:
        """The bridges a course needs for this person."""
        bridges: list[Bridge] = []
        screens = self.screens.of_program[move.program]
        for screen in screens:
            bridges += [
                Bridge(subject, has, needs, first=True, source=screen.source)
                for subject, has, needs in (
                    ("reading", self.basic_skills.reading_grade, screen.reading_grade),
                    ("math", self.basic_skills.math_grade, screen.math_grade),
                )
                if has is not None and needs is not None and has < needs
            ]
        if self.basic_english and "language" in move.concerns:
            asked = next((screen for screen in screens if screen.english), None)
            bridges.append(Bridge("english", None, None, asked is not None, asked.source if asked else None))
        return tuple(bridges)


def bridge_step(bridge: Bridge, week: float | None) -> Step:
    """A bridge as a step. Its provider is not known: whoever teaches adults near the person."""
    if bridge.subject == "english":
        note = say("bridge.english_first", source=bridge.source) if bridge.first else say("bridge.english_beside")
    else:
        note = say(f"bridge.{bridge.subject}", has=f"{bridge.has:g}", needs=f"{bridge.needs:g}", source=bridge.source)
    return Step(
        kind="bridge",
        credential=None,
        program=None,
        provider=None,
        starts_after_weeks=week,
        weeks=None,
        cost_usd=None,
        funding=(),
        out_of_pocket_usd=None,
        out_of_pocket_range_usd=(None, None),
        exit=None,
        evidence=None,
        checks=(say("bridge.ask_length"), say("bridge.ask_cost")),
        note=note,
    )
