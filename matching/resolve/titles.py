"""Job titles to occupations, weighed into a probability.

What speaks for each candidate (`title_candidates.py`) -> a conditional logit over the candidates -> how sure the first
SOC occupation is. Both sets of weights stand in `title_model.json`, fitted by `training.py` on held-out and noised
titles of the lexicon, never on labelled titles.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matching.resolve.postings import ArraySource
from matching.resolve.title_candidates import HARDLY_SURE, Candidates, Figures, Heard, Places, TitleCandidates
from matching.resolve.title_model import AT, CERTAINTY, TitleModel, log_odds
from taxonomy.frozen import frozen

# The occupation's own name, or a title our lexicon gives it, names it before others that merely report the title.
OWN_NAME_WEIGHT = 2.0


# Whoever helped is likelier a helper than one of those they helped; set by hand, so that the person is asked.
BELIEF_IN_THOSE_HELPED = 0.3


@frozen
class ScoredOccupation:
    """An occupation (row number) with its cosine to the nearest title and calibrated probability."""

    occupation: int
    nearest: float
    probability: float
    row: int | None


@frozen
class Firsts:
    """The best occupation of each title's likeliest SOC occupation; titles without candidates are left out."""

    title: Places
    place: Places  # among the candidates
    share: Figures  # of the SOC occupation, before calibration


class TitleIndex:
    """Ranks the occupations of a snapshot by how well a title names them."""

    def __init__(self, source: ArraySource, employment: npt.NDArray[np.float64], model: TitleModel) -> None:
        self._candidates = TitleCandidates(source, employment)
        self._source = np.asarray(source.array("resolve_title_source"))
        self._soc = np.asarray(source.array("resolve_title_soc")).astype(np.int64)
        self._socs = int(self._soc.max(initial=-1)) + 1
        self.use(model)

    def use(self, model: TitleModel) -> None:
        """Weigh with another model; the fit calls it between its two parts."""
        self._weights = np.array(model.weights)
        self._certainty = np.array(model.certainty)
        self._base = model.base

    def heard(self, texts: Sequence[str]) -> list[Heard]:
        """The words of each text to look up."""
        return self._candidates.heard(texts)

    def jobs_in(self, text: str, heard: Heard) -> list[Heard]:
        """The titles of which a text consists."""
        return self._candidates.jobs_in(text, heard)

    def find(self, titles: Sequence[Heard]) -> Candidates:
        """The candidates of titles as heard."""
        return self._candidates.find([title.words for title in titles])

    def source_row(self, row: int) -> int:
        """Row of the snapshot's titles table that an index row was derived from."""
        return int(self._source[row])

    def shares(self, found: Candidates) -> Figures:
        """Each candidate's share of its title before calibration; those of a title sum to one."""
        # A sum along each row, not a product of matrices: that adds in another order for another number of rows.
        utility = (found.features * self._weights).sum(axis=1) + OWN_NAME_WEIGHT * found.own
        starts = _starts(found.title)
        each = np.diff(np.append(starts, len(found)))
        share = np.exp(utility - np.repeat(np.maximum.reduceat(utility, starts), each))
        return np.asarray(share / np.repeat(np.add.reduceat(share, starts), each))

    def _soc_of(self, found: Candidates) -> Places:
        """The SOC occupation of each candidate, numbered through the titles."""
        return np.asarray(found.title * self._socs + self._soc[found.occupations])

    def firsts(self, found: Candidates, share: Figures) -> Firsts:
        """The first of each title: the best occupation of the SOC occupation whose occupations have most together."""
        soc = self._soc_of(found)
        together = np.asarray(np.bincount(soc, weights=share)[soc], dtype=np.float64)
        order = np.lexsort((found.occupations, -share, -together, found.title))
        place = order[_starts(found.title)]
        return Firsts(found.title[place], place, together[place])

    def told_of_certainty(self, titles: Sequence[Heard], found: Candidates, firsts: Firsts) -> Figures:
        """A row of figures for each first: what tells how sure it is, by the names of `CERTAINTY`."""
        heard = [
            self._candidates.shares_heard(titles[t].words, row)
            for t, row in zip(firsts.title.tolist(), found.rows[firsts.place].tolist(), strict=True)
        ]
        said, listed, hardly = np.array(heard).T
        odds, new_word = log_odds(firsts.share), found.new_word[firsts.title].astype(np.float64)
        within = ((said >= 1) & (listed < 1)).astype(np.float64)
        figures = {
            "log_odds": odds,
            "said": said,
            "listed": listed,
            "within": within,
            "log_odds_of_within": odds * within,
            "hardly_known": hardly,
            "log_odds_of_hardly_known": odds * hardly,
            "new_word": new_word,
            "log_odds_of_new_word": odds * new_word,
            "put_right": np.array([titles[t].put_right for t in firsts.title.tolist()], dtype=np.float64),
            "doubt": np.array([titles[t].doubt for t in firsts.title.tolist()]),
            "slip_of_new_word": found.features[firsts.place, AT["slip"]] * new_word,
        }
        return np.column_stack([figures[name] for name in CERTAINTY])

    def score(self, titles: Sequence[Heard], most: int | None = None) -> list[list[ScoredOccupation]]:
        """For each title as heard its candidates (at most `most`), likeliest first; ties in the order of codes.

        Wages and demand come by SOC occupation, so it is the SOC occupation that is decided and calibrated; a
        candidate has its part of that probability. The best of the likeliest SOC occupation stands first.
        """
        scored: list[list[ScoredOccupation]] = [[] for _ in titles]
        found = self.find(titles) if titles else None
        if found is None or not len(found):
            return scored
        share = self.shares(found)
        firsts = self.firsts(found, share)
        told = self.told_of_certainty(titles, found, firsts)
        believed = 1 / (1 + np.exp(-((told * self._certainty).sum(axis=1) + self._base)))
        believed = np.minimum(believed, [titles[t].at_most for t in firsts.title.tolist()])
        hardly = (told[:, CERTAINTY.index("hardly_known")] >= 1) & (told[:, CERTAINTY.index("listed")] < 1)
        believed = np.where(hardly, np.minimum(believed, HARDLY_SURE), believed)
        # What the first SOC occupation has not, the others share as they did before.
        at = np.searchsorted(firsts.title, found.title)
        soc = self._soc_of(found)
        inside = soc == soc[firsts.place][at]
        rest = (1 - believed) / np.maximum(1e-9, 1 - firsts.share)
        probability = share * np.where(inside, (believed / firsts.share)[at], rest[at])
        later = np.ones(len(found), dtype=np.bool_)
        later[firsts.place] = False
        order = np.lexsort((found.occupations, -probability, later, found.title))
        ends = [*_starts(found.title).tolist()[1:], len(found)]
        for title, start, end in zip(firsts.title.tolist(), _starts(found.title).tolist(), ends, strict=True):
            chosen = order[start : end if most is None else min(end, start + most)]
            scored[title] = [
                ScoredOccupation(occupation, nearest, likely, row if row >= 0 else None)
                for occupation, nearest, likely, row in zip(
                    found.occupations[chosen].tolist(),
                    found.features[chosen, AT["nearest"]].tolist(),
                    probability[chosen].tolist(),
                    found.rows[chosen].tolist(),
                    strict=True,
                )
            ]
        return scored


def _starts(title: Places) -> Places:
    """Where each title's candidates begin."""
    return np.flatnonzero(np.concatenate([[True], title[1:] != title[:-1]]))


def hear_duties(
    title: Sequence[ScoredOccupation], duties: Sequence[Sequence[ScoredOccupation]], belief_in_duties: float = 0.5
) -> list[ScoredOccupation]:
    """A vague title and its duties, each side believed in part: what both name rises."""
    both: dict[int, ScoredOccupation] = {}
    for part, belief in ((title, 1 - belief_in_duties), *((duty, belief_in_duties / len(duties)) for duty in duties)):
        for found in part:
            before = both.get(found.occupation)
            heard = found.probability * belief
            both[found.occupation] = (
                replace(found, probability=heard)
                if before is None
                else replace(before, probability=before.probability + heard)
            )
    return sorted(both.values(), key=lambda s: (-s.probability, s.occupation))
