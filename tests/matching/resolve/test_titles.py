"""What of a title is looked up, and how a word that no title has is told from one that many have."""

import numpy as np

from matching.resolve.postings import Array, Arrays
from matching.resolve.title_model import AT, FEATURES, OF_NEW_WORDS, PLAIN, TitleModel
from matching.resolve.titles import TitleIndex, derive_titles
from taxonomy.occupations import Title
from taxonomy.snapshot import Contents

FLAT = TitleModel((0.0,) * len(FEATURES), 1.0, 0.0)


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

    listed, other = index.heard("Junior Cook"), index.heard("Junior electrician @ Acme, nights")

    assert listed == "junior cook"
    assert other == "electrician"


def test_where_a_word_is_in_no_title_spelling_is_weighed_apart(contents: Contents) -> None:
    index = _index(contents)

    mistyped, known = index.rank("forklift oprator"), index.rank("forklift operator")

    apart = [AT[name] for name in OF_NEW_WORDS]
    assert mistyped.features[:, len(PLAIN) :].any()
    np.testing.assert_array_equal(mistyped.features[:, len(PLAIN) :], mistyped.features[:, apart])
    assert not known.features[:, len(PLAIN) :].any()
