"""Which occupations a title may name, and what speaks for each: near titles, spelling, and how each is spoken of.

Several titles are looked up together: what numpy does takes as long for one as for dozens. Each title's figures come
from it alone, in the same order of additions, so that a title in a list and the same title alone give equal bytes.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from matching.resolve.classifier import Classifier, derive_classifier, highest
from matching.resolve.duties import by_doer, by_duty
from matching.resolve.index_derivation import derive_index
from matching.resolve.language_model import LanguageModel, derive_language_model
from matching.resolve.postings import Arrays, ArraySource, text_key
from matching.resolve.spelling import Spelling, derive_spelling
from matching.resolve.text import MAX_LENGTH, normalise, phrase_words, without_noise
from matching.resolve.text_index import Hits, TextIndex, share_found
from matching.resolve.title_forms import forms_of, spellings
from matching.resolve.title_model import AT, FEATURES, OF_NEW_WORDS, PLAIN
from matching.resolve.word_lists import doers_of, word_lists
from taxonomy.frozen import frozen
from taxonomy.occupations import Occupation, TaskStatement, Title

NEAR_TITLES = 60  # set by hand: wide enough that the right occupation is rarely cut off, small enough to rescore
MODEL_OCCUPATIONS = 15
HARDLY_KNOWN = 2  # titles
# At most so probable is what is too little to go by: what somebody did that names no listed title, a short word put
# right, or what only words tell that hardly any title has, unless they are the listed title: a sommelier is no coffee
# sommelier. Set by hand, low enough that the person is asked.
HARDLY_SURE = 0.6
SLIP_FROM_LETTERS = 5  # of a word beside others that is put right; shorter ones are often names
MOST_JOBS = 4  # named in one text
ROUNDING = 1e-3  # of weights kept as short numbers
SLIP_FROM = 0.85  # spelling likeness of one or two wrong letters in a title; from there on each letter tells more

_JOBS = re.compile(r"[/&+,;]|\b(?:and|y)\b", re.IGNORECASE)

Figures = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def derive_titles(
    titles: Sequence[Title], occupations: Sequence[Occupation], tasks: Sequence[TaskStatement] = ()
) -> Arrays:
    """Arrays of the title index and its two models; one row for each different (words, occupation)."""
    row_of = {o.onet_code: row for row, o in enumerate(occupations)}
    own = {(normalise(o.title), row) for row, o in enumerate(occupations)}
    own |= {(normalise(t.text), row_of[t.onet_code]) for t in titles if t.kind == "lexicon" and t.onet_code in row_of}
    first: dict[tuple[str, int], int] = {}
    for at, title in enumerate(titles):
        occupation = row_of.get(title.onet_code)
        if occupation is not None:
            for words in filter(None, spellings(title.text)):
                first.setdefault((words, occupation), at)
    keys = sorted(first)
    socs = sorted({o.soc_code for o in occupations})
    told = [(normalise(t.text), row_of[t.onet_code]) for t in tasks if t.onet_code in row_of]
    # A word of a task is a word, though no title has it: "free" is no slip in "tree".
    often = Counter({word: 0 for text, _ in told for word in text.split()})
    often.update(phrase_words())
    often.update(chain.from_iterable(words.split() for words, _ in keys))
    return (
        derive_index("resolve_title", [words for words, _ in keys])
        | derive_spelling("resolve_spelling", often)
        | derive_language_model("resolve_speech", keys, len(occupations))
        | derive_classifier("resolve_classified", keys, told, len(occupations))
        | {
            "resolve_title_occupation": np.array([occupation for _, occupation in keys], dtype=np.int32),
            "resolve_title_source": np.array([first[key] for key in keys], dtype=np.int32),
            "resolve_title_own": np.array([key in own for key in keys], dtype=np.bool_),
            "resolve_title_head": np.array([text_key(_head(words)) for words, _ in keys], dtype=np.uint64),
            "resolve_title_soc": np.array([socs.index(o.soc_code) for o in occupations], dtype=np.int32),
        }
    )


def _head(words: str) -> str:
    """The last word, which in English says what somebody is: "dental assistant"."""
    return words.rpartition(" ")[2]


@frozen
class Heard:
    """The normalised words of a title to look up."""

    words: str
    doubt: float = 0.0  # the chance that a word put right was meant to be another
    put_right: bool = False
    at_most: float = 1.0  # probability that any reading of it can have
    beside: str = ""  # what was said beside a verb that tells little ("helped in a bakery")


@frozen
class Candidates:
    """Occupations that titles may name, in the order of the titles and of the occupations' codes."""

    title: Places  # place of the title in what was asked
    occupations: Places
    features: Figures
    rows: Places  # the occupation's nearest title, -1 where none is near
    own: Flags  # whether that is its own name
    new_word: Flags  # of each title asked: whether a word of it stands in no listed title

    def __len__(self) -> int:
        return len(self.title)


@frozen
class _Near:
    """Near titles of all texts in one column: the best of each text first."""

    title: Places
    rows: Places
    cosine: Figures
    spelling: Figures
    same: Flags  # whether these are the very words
    same_head: Flags


class TitleCandidates:
    """Candidate occupations of normalised titles, over the stored arrays."""

    def __init__(self, source: ArraySource, employment: Figures) -> None:
        self._index = TextIndex("resolve_title", source)
        self._spelling = Spelling("resolve_spelling", source)
        self._speech = LanguageModel("resolve_speech", source)
        self._classifier = Classifier("resolve_classified", source)
        self._occupation = np.asarray(source.array("resolve_title_occupation")).astype(np.int64)
        self._own = np.asarray(source.array("resolve_title_own"))
        self._head = np.asarray(source.array("resolve_title_head"))
        self._occupations = len(employment)
        known = np.sort(employment[~np.isnan(employment)])  # numpy's own median would first load its masked arrays
        typical = float(known[(len(known) - 1) // 2 : len(known) // 2 + 1].mean()) if len(known) else 0.0
        self._employment = np.log1p(np.where(np.isnan(employment), typical, employment))

    def heard(self, texts: Sequence[str]) -> list[Heard]:
        """Of each the words to look up: those of a listed title where there is one in it, its slips put right."""
        plain = [by_duty(self._plain(text)) for text in texts]
        said, known = dict.fromkeys(chain.from_iterable(map(str.split, plain))), self._index.words
        # Words that no title has are looked up together, and remembered.
        self._spelling.put_right([word for word in said if word not in known])
        return [self._heard(text, words) for text, words in zip(texts, plain, strict=True)]

    def _heard(self, text: str, words: str) -> Heard:
        if doer := by_doer(text, words, self._plain, self._index.listed):
            return Heard(doer, put_right=True, at_most=HARDLY_SURE)
        return Heard(words) if self._index.words.issuperset(words.split()) else self._put_right(words)

    def jobs_in(self, text: str, heard: Heard) -> list[Heard]:
        """The listed titles of which a text consists, where it is none itself: "truck driver and welder"."""
        parts = [part for part in _JOBS.split(text[:MAX_LENGTH]) if part.strip()]
        if not 2 <= len(parts) <= MOST_JOBS or heard.words in self._index.listed:
            return []
        jobs = self.heard(parts)
        return jobs if all(job.words in self._index.listed for job in jobs) else []

    def _put_right(self, words: str) -> Heard:
        """Words of which some stand in no title: slips, what somebody did, where the work was, or words not listed."""
        said = words.split()
        new = [word for word in said if word not in self._index.words]
        doers = {
            word: doer for word in new if (doer := next(filter(self._index.words.__contains__, doers_of(word)), None))
        }
        left = [word for word in new if word not in doers]
        slips = {w: right for w, right in zip(left, self._spelling.put_right(left), strict=True) if right is not None}
        # Short words are often names; by themselves they are what is asked about.
        slips = {w: r for w, r in slips.items() if len(w) >= SLIP_FROM_LETTERS or len(said) == 1}
        meant = doers | {word: right.word for word, right in slips.items()}
        # In English who does something comes last: "mowed lawns" is a lawn mower's work.
        ordered = [word for word in said if word not in doers] + [word for word in said if word in doers]
        right = self._plain(" ".join(meant.get(word, word) for word in ordered)) if meant else words
        listed = right in self._index.listed
        vague = doers.keys() & word_lists()["noise"]["vague"]
        beside = " ".join(meant.get(word, word) for word in said if word not in vague) if vague else ""
        unsure = bool(doers) and not (listed and (beside or not vague))
        unsure = unsure or any(len(word) < SLIP_FROM_LETTERS for word in slips)
        doubt = 1 - math.prod(1 - slip.doubt for slip in slips.values())
        # Nothing beside a word alone tells which of those near it was meant.
        at_most = HARDLY_SURE if unsure else 1 - doubt if len(said) == 1 else 1.0
        told = Heard(right, doubt, bool(meant), at_most, beside)
        if meant and listed:
            return told
        # An unknown name after a whole title is where the work was.
        while said and said[-1] in new and said[-1] not in doers:
            said.pop()
        role = " ".join(said)
        return Heard(role) if role in self._index.listed else told

    def _plain(self, text: str) -> str:
        """The words as said where they are a listed title ("junior …"), else what noise leaves of them."""
        said, forms = normalise(text), forms_of(text)
        either = [said, *map(normalise, forms)] if len(forms) > 1 else [said]
        # A listed title before a dash, and after it a word that no title has: where the work was ("… - Acme Inc.").
        role, _, where = text.partition(" - ")
        if where and not self._index.words.issuperset(normalise(where).split()):
            either.append(normalise(role))
        return next(filter(self._index.listed.__contains__, either), "") or without_noise(forms[0]) or said

    def find(self, titles: Sequence[str]) -> Candidates:
        """The candidates of each title; none of one that shares nothing with any listed."""
        hits = self._index.search_all(titles, NEAR_TITLES)
        met = np.array([len(h.rows) > 0 for h in hits], dtype=np.bool_)
        speech = self._speech.log_likelihoods(titles)
        classified = self._classifier.log_shares(titles)
        near = self._near(titles, hits)
        named = near.title * self._occupations + self._occupation[near.rows]
        candidates = np.unique(
            np.concatenate(
                [named, highest(speech, met, MODEL_OCCUPATIONS), highest(classified, met, MODEL_OCCUPATIONS)]
            )
        )
        title, occupations = np.divmod(candidates, self._occupations)
        features = np.zeros((len(candidates), len(FEATURES)))
        rows = np.full(len(candidates), -1, dtype=np.int64)
        own = np.zeros(len(candidates), dtype=np.bool_)
        if len(named):
            at, told, nearest, owned = self._support(near, named)
            place = np.searchsorted(candidates, at)
            features[place, : told.shape[1]] = told
            rows[place], own[place] = nearest, owned
        features[:, AT["speech"]] = speech[title, occupations]
        features[:, AT["classified"]] = classified[title, occupations]
        support = features[:, AT["support"]]
        of_all = np.bincount(title, weights=support, minlength=len(titles))
        features[:, AT["vote"]] = support / np.maximum(1e-9, of_all)[title]
        features[:, AT["employment"]] = self._employment[occupations]
        new_word = np.array([h.new_word for h in hits], dtype=np.bool_)
        again = features[:, [AT[name] for name in OF_NEW_WORDS]]
        features[:, len(PLAIN) :] = again * new_word[title][:, None]
        return Candidates(title, occupations, features, rows, own, new_word)

    def _near(self, titles: Sequence[str], hits: Sequence[Hits]) -> _Near:
        texts = self._index.texts
        title = np.repeat(np.arange(len(titles)), [len(h.rows) for h in hits])
        rows = np.concatenate([h.rows for h in hits])
        spelling = [
            process.cdist([words], [texts[r] for r in h.rows.tolist()], scorer=fuzz.token_sort_ratio)[0]
            for words, h in zip(titles, hits, strict=True)
            if len(h.rows)
        ]
        asked = np.array([text_key(words) for words in titles], dtype=np.uint64)
        heads = np.array([text_key(_head(words)) for words in titles], dtype=np.uint64)
        return _Near(
            title,
            rows,
            np.concatenate([h.cosine for h in hits]),
            np.concatenate(spelling).astype(np.float64) / 100 if spelling else np.empty(0),
            self._index.key_of_row[rows] == asked[title],
            self._head[rows] == heads[title],
        )

    def _support(self, near: _Near, named: Places) -> tuple[Places, Figures, Places, Flags]:
        """What near titles say: the candidates, their first nine features, nearest titles, and whether by own name."""
        # Best titles come first, and a stable sort keeps them first within their occupation.
        order = np.argsort(named, kind="stable")
        sorted_names = named[order]
        starts = np.flatnonzero(np.concatenate([[True], sorted_names[1:] != sorted_names[:-1]]))
        counts = np.diff(np.append(starts, len(named)))
        cosine, same = near.cosine[order], near.same[order]
        alike = np.maximum.reduceat(near.spelling[order], starts)
        told = np.column_stack(
            [
                cosine[starts],
                np.where(counts > 1, cosine[np.minimum(starts + 1, len(cosine) - 1)], 0.0),
                np.add.reduceat(cosine**2, starts),
                np.log1p(counts),
                alike,
                np.maximum.reduceat(np.where(near.same_head[order], cosine, 0.0), starts),
                np.zeros(len(starts)),
                np.maximum.reduceat(same, starts),
                np.maximum(0.0, (alike - SLIP_FROM) / (1 - SLIP_FROM)),
            ]
        )
        rows = near.rows[order]
        return sorted_names[starts], told, rows[starts], np.logical_or.reduceat(same & self._own[rows], starts)

    def shares_heard(self, title: str, row: int) -> tuple[float, float, float]:
        """Of a title, the part that a listed one holds, the part of that one that was said, and the part hardly known.

        Rare words count more. Hardly known are words that at most `HARDLY_KNOWN` titles hold: what one or two of them
        say of a word ("coffee sommelier") tells little of what it means elsewhere.
        """
        weights = self._index.word_weights(title)
        listed = self._index.text(row) if row >= 0 else ""
        if listed == title:
            return 1.0, 1.0, 0.0
        rare = 1 + math.log((1 + len(self._index)) / (1 + HARDLY_KNOWN)) - ROUNDING
        hardly = sum(w for w in weights.values() if w >= rare) / (sum(weights.values()) or 1.0)
        if not listed:
            return 0.0, 0.0, hardly
        return share_found(weights, listed), share_found(self._index.word_weights(listed), title), hardly
