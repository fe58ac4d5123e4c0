"""The word indexes made at install: from the lexicon, and from nothing that titles are judged by."""

from dataclasses import replace

import numpy as np

from matching.derive import derive_arrays
from matching.resolve.index import derive_title_index
from taxonomy.assemble import assemble
from taxonomy.classifications import DirectMatchTitle
from taxonomy.snapshot import Contents


def test_direct_match_titles_change_no_index(contents: Contents) -> None:
    with_titles = Contents(dict(contents.tables))
    with_titles.tables["direct_match_titles"] = [DirectMatchTitle("Sky Hook Rigger", "47-2111", None, "soc-2018-2018")]

    plain, beside = derive_title_index(contents), derive_title_index(with_titles)

    assert plain.keys() == beside.keys()
    assert all(np.array_equal(plain[name], beside[name]) for name in plain)


def test_nothing_that_is_compiled_for_answers_changes_with_direct_match_titles() -> None:
    contents = assemble()
    plain = derive_arrays(contents)
    release = replace(contents.tables["releases"][0], id="soc-2018-2018")
    contents.tables["releases"].append(release)
    contents.tables["direct_match_titles"] = [DirectMatchTitle("Sky Hook Rigger", "47-2111", None, release.id)]

    beside = derive_arrays(contents)

    assert {
        name for name in plain if not np.array_equal(plain[name], beside[name], equal_nan=_is_float(plain[name]))
    } == set()


def _is_float(array: np.ndarray) -> bool:  # type: ignore[type-arg]
    return array.dtype.kind == "f"
