"""Stacking: what one person has to bring or gain before a move, and which jobs count as better pay."""

import numpy as np
import numpy.typing as npt

from matching.config import MatchConfig
from matching.moves import Person
from matching.occupations import NO_EDUCATION
from matching.pathways.openings import RUNG
from matching.pathways.rules import Rules
from taxonomy.codes import Education
from taxonomy.frozen import frozen

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

ADULT_EDUCATION = int(Education.HIGH_SCHOOL_DIPLOMA)  # up to here schooling serves every sector
_HIGH_SCHOOL = Education.HIGH_SCHOOL_DIPLOMA.rung


@frozen
class Stacking:
    """The rules for one person."""

    rules: Rules
    person: Person
    better_wage: float  # US dollars an hour from which a job counts as better pay
    better_share: float  # and times the pay of the step before

    @classmethod
    def of(cls, rules: Rules, person: Person, config: MatchConfig) -> "Stacking":
        """The rules between credentials for one person."""
        share = 1.0 + config.minimum_gain
        return cls(rules, person, person.usual_wage * share, share)

    def lacks_schooling(self, education: Ints, asked: Ints) -> Bools:
        """Whether schooling falls short of what is asked. Schooling not stated is asked about, not held against."""
        short: Bools = (education > NO_EDUCATION) & (education < asked) & ~same_school(education, asked)
        return short

    def asks_for_more(self, asked: Ints) -> Bools:
        """Whether moves ask for schooling beyond the person's own; not known of who does not state theirs."""
        own = self.person.education
        # Diploma and equivalency are one: who holds either gains nothing by the other.
        more: Bools = (asked > own) & ~same_school(np.int64(own), asked) & (own > NO_EDUCATION)
        return more

    def uses_schooling(self, asked: Ints, sectors: Ints, gave: Ints, gave_in: Ints) -> Bools:
        """Whether moves that ask for more ask for what a move just before gave, in its sector or at school level."""
        uses: Bools = (asked <= gave) & ((gave <= ADULT_EDUCATION) | (sectors & gave_in != 0))
        return uses

    def pays_more(
        self, opened: Bools, wage: Floats, entry_wage: Floats, wage_before: Floats, entry_wage_before: Floats
    ) -> Bools:
        """Whether jobs pay noticeably more than the best of the paths before, and than the usual one."""
        new_entrants = entry_wage >= entry_wage_before * self.better_share
        least = np.maximum(self.better_wage, wage_before * self.better_share)
        more: Bools = opened & new_entrants & (wage >= least)
        return more


def same_school(a: Ints | np.int64, b: Ints) -> Bools:
    """Whether two levels are both the high-school one: a diploma and its equivalency open the same jobs."""
    same: Bools = (RUNG[a] == _HIGH_SCHOOL) & (RUNG[b] == _HIGH_SCHOOL)
    return same
