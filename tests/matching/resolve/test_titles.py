"""What of a title is looked up, and how a word that no title has is told from one that many have."""

import numpy as np

from matching.resolve.postings import Array, Arrays
from matching.resolve.title_candidates import Heard, derive_titles
from matching.resolve.title_model import AT, CERTAINTY, FEATURES, OF_NEW_WORDS, PLAIN, TitleModel, load_title_model
from matching.resolve.titles import TitleIndex
from taxonomy.occupations import Title
from taxonomy.snapshot import Contents

FLAT = TitleModel((0.0,) * len(FEATURES), (0.0,) * len(CERTAINTY), 0.0)


class _Store:
    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays

    def array(self, name: str) -> Array:
        return self._arrays[name]


def _index(contents: Contents, *more: Title) -> TitleIndex:
    titles, occupations = [*contents.tables["titles"], *more], contents.tables["occupations"]
    return TitleIndex(_Store(derive_titles(titles, occupations)), np.full(len(occupations), np.nan), FLAT)


def test_a_title_listed_with_its_rank_is_looked_up_with_it_and_others_without(contents: Contents) -> None:
    index = _index(contents, Title("junior cook", "35-2011.00", "alternate", "made-up"))

    listed, other = index.heard(["Junior Cook", "Junior electrician @ Acme, nights"])

    assert listed.words == "junior cook"
    assert other.words == "electrician"


def test_a_title_with_its_short_form_in_brackets_is_listed_and_looked_up_in_either_form(contents: Contents) -> None:
    index = _index(contents, Title("Radio Frequency Technician (RF Tech)", "49-9021.00", "reported", "made-up"))

    heard = index.heard(["RF technician", "radio frequency tech", "Radio Frequency Technician (RF Tech)"])
    mistyped = index.heard([f"Radio Frequemcy Technician ({short})" for short in ("RF Tech", "RFT")])
    named = index.find(heard)

    assert [h.words for h in heard] == ["rf technician", "radio frequency technician", "radio frequency technician"]
    assert [h.words for h in mistyped] == ["rf technician", "radio frequency technician"]
    assert [named.features[named.title == t, AT["same_title"]].max() for t in range(3)] == [1, 1, 1]


def test_after_a_listed_title_and_a_dash_an_unknown_name_is_where_the_work_was(contents: Contents) -> None:
    index = _index(contents)

    heard = [h.words for h in index.heard(["Line Cook - Qzyx Foods", "line cook - pipe welder", "zxq - Qzyx"])]

    assert heard == ["line cook", "line cook pipe welder", "zxq qzyx"]


def test_who_leads_is_like_others_who_lead(contents: Contents) -> None:
    leaders = [Title(f"{rank} plumber", "47-2111.00", "alternate", "made-up") for rank in ("lead", "chief", "foreman")]
    plumbers = [Title(f"{kind} plumber", "51-4121.00", "alternate", "made-up") for kind in ("drain", "gas", "pool")]
    index = _index(contents, *leaders, *plumbers)

    found = index.find([Heard("head plumber")])

    codes = [o.onet_code for o in contents.tables["occupations"]]
    at = {codes[o]: place for place, o in enumerate(found.occupations.tolist())}
    for name in ("speech", "classified"):
        said = found.features[:, AT[name]]
        assert said[at["47-2111.00"]] > said[at["51-4121.00"]]


def test_where_a_word_is_in_no_title_spelling_is_weighed_apart(contents: Contents) -> None:
    index = _index(contents)

    found = index.find([Heard("forklift oprator"), Heard("forklift operator")])

    apart = [AT[name] for name in OF_NEW_WORDS]
    mistyped, known = (found.features[found.title == title] for title in (0, 1))
    assert found.new_word.tolist() == [True, False]
    assert mistyped[:, len(PLAIN) :].any()
    np.testing.assert_array_equal(mistyped[:, len(PLAIN) :], mistyped[:, apart])
    assert not known[:, len(PLAIN) :].any()


def test_a_title_among_others_has_the_very_figures_it_has_alone(contents: Contents) -> None:
    index = _index(contents)
    titles = [*map(Heard, ("forklift oprator", "", "line cook", "nurse", "zzxqj", "cook", "journeyman wireman"))]

    together = index.score(titles)

    assert together == [index.score([title])[0] for title in titles]
    assert [bool(found) for found in together] == [True, False, True, True, False, True, True]


def test_what_of_a_listed_title_was_not_said_is_told(contents: Contents) -> None:
    index = _index(contents, Title("coffee sommelier", "35-2014.00", "alternate", "made-up"))
    index.use(load_title_model())
    titles = [Heard("sommelier"), Heard("coffee sommelier"), Heard("sommelier wrangler")]
    found = index.find(titles)

    told = index.told_of_certainty(titles, found, index.firsts(found, index.shares(found)))

    said, listed, hardly = (told[:, CERTAINTY.index(name)] for name in ("said", "listed", "hardly_known"))
    assert said[0] == said[1] == listed[1] == 1.0
    assert listed[0] < 1.0
    assert said[2] < 1.0
    assert hardly[0] == hardly[2] == 1.0
    assert hardly[1] == 0.0


def test_a_word_alone_is_no_surer_than_that_it_is_the_one_meant(contents: Contents) -> None:
    # "wilder" is as near to "wlder" as "welder".
    index = _index(contents, Title("wilder operator", "53-7051.00", "alternate", "made-up"))
    index.use(load_title_model())

    alone, beside = index.heard(["wlder", "pipe wlder"])

    assert (alone.words, beside.words) == ("welder", "pipe welder")
    assert 0 < alone.doubt == beside.doubt
    assert index.score([alone])[0][0].probability <= 1 - alone.doubt
    assert beside.at_most == 1.0
