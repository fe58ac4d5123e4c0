"""Fits `transition_weights.json` on O*NET's related occupations against pairs that are not listed.

Run again after a new edition of O*NET: `fit_transition_model(assemble(files), assemble())` gives the text of the file.
"""

import hashlib
import json
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from matching.fit.features import LIKENESSES, feature_names
from matching.fit.pairs import NEGATIVE_SHARE, SEED, Pairs, Rows, read_pairs, split_by_occupation, stack_features
from matching.fit.weights import Weights
from taxonomy.snapshot import Contents

CALIBRATION_FOLDS = 3
ITERATIONS = 500


def fit_weights(kind: str, features: npt.NDArray[np.float32], pairs: Pairs, among: Rows) -> Weights:
    """A calibrated model fitted on the pairs among some occupations; no other occupation is seen.

    The log-odds are calibrated on occupations that a fold of the fit had not seen, as origins.
    """
    fold = split_by_occupation(pairs, CALIBRATION_FOLDS)[among]
    scores, listed = [], []
    for part in range(CALIBRATION_FOLDS):
        weight, intercept = _fit_line(features, pairs, among[fold != part])
        held = among[fold == part]
        scores.append((features[np.ix_(held, among)] @ weight + intercept)[held[:, None] != among[None, :]])
        listed.append((pairs.gain[np.ix_(held, among)] > 0)[held[:, None] != among[None, :]])
    slope, offset = _calibrate(np.concatenate(scores), np.concatenate(listed))
    weight, intercept = _fit_line(features, pairs, among)
    return Weights(
        kind=kind,
        weights={name: round(float(w), 5) for name, w in zip(feature_names(kind), weight, strict=True)},
        intercept=round(intercept, 5),
        slope=slope,
        offset=offset,
    )


def recalibrate(weights: Weights, contents: Contents, pairs: Pairs, smaller: Contents) -> Weights:
    """The same weights with log-odds calibrated on a smaller selection of occupations.

    Fewer rivals change what a rank means, and a selection made by trade holds more related pairs: over the starter
    set, probabilities calibrated over all occupations come out far too low. Origins are held out as in the fit.
    """
    selection = Contents(tables=dict(smaller.tables), arrays=smaller.arrays)
    selection.tables["related"] = contents.tables["related"]
    few = read_pairs(selection)
    features = stack_features(pairs, contents, weights.kind)
    few_features = stack_features(few, selection, weights.kind)
    fold = split_by_occupation(pairs, CALIBRATION_FOLDS)
    fold_of = dict(zip(pairs.codes, fold, strict=True))
    few_fold = np.array([fold_of[code] for code in few.codes])
    scores = np.empty(few.gain.shape)
    for part in range(CALIBRATION_FOLDS):
        weight, intercept = _fit_line(features, pairs, np.flatnonzero(fold != part))
        scores[few_fold == part] = few_features[few_fold == part] @ weight + intercept
    moves = ~np.eye(len(few.codes), dtype=np.bool_)
    slope, offset = _calibrate(scores[moves], few.gain[moves] > 0)
    return replace(weights, slope=slope, offset=offset)


def _calibrate(scores: npt.NDArray[np.floating], listed: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset that make log-odds come true (Platt)."""
    platt = LogisticRegression(C=1e6).fit(scores[:, None], listed)
    return round(float(platt.coef_[0, 0]), 5), round(float(platt.intercept_[0]), 5)


def _fit_line(features: npt.NDArray[np.float32], pairs: Pairs, among: Rows) -> tuple[npt.NDArray[np.float32], float]:
    """Logistic regression over sampled pairs, in the units of the features."""
    square = np.ix_(among, among)
    gain = pairs.gain[square]
    drawn = np.random.default_rng(SEED).random(gain.shape) < NEGATIVE_SHARE
    taken = ((gain > 0) | drawn) & ~np.eye(len(among), dtype=np.bool_)
    gain = gain[taken]
    # The first listed are the surest: a pair counts by the root of its place, about 1 on average.
    count = np.where(gain > 0, np.sqrt(gain / 10.5), 1.0 / NEGATIVE_SHARE)
    scaler = StandardScaler()
    x = scaler.fit_transform(features[square][taken].astype(np.float64))
    line = LogisticRegression(max_iter=ITERATIONS).fit(x, gain > 0, sample_weight=count)
    weight = line.coef_[0] / scaler.scale_
    return weight.astype(np.float32), float(line.intercept_[0] - weight @ scaler.mean_)


def digest_of_inputs(contents: Contents) -> str:
    """The sha256 of all that a fit reads, so that a model card can name its data."""
    digest = hashlib.sha256()
    for name in ("occupations", "descriptors", "titles", "technologies", "tasks", "related"):
        for record in contents.tables.get(name, ()):
            digest.update(repr(record).encode())
    for name in ("need", "importance"):
        digest.update(contents.arrays[name].astype("<f4").tobytes())
    return digest.hexdigest()


def fit_transition_model(contents: Contents, smaller: Contents | None = None) -> str:
    """The text of `transition_weights.json`, the same for the same contents; one set of weights for each kind.

    Args:
        contents: all that official data hold.
        smaller: the starter set, on which the kind it can tell is calibrated; by default it is calibrated on all.

    Raises:
        ValueError: no table of related occupations to fit on.
    """
    pairs = read_pairs(contents)
    everyone = np.arange(len(pairs.codes))
    kinds = {}
    for kind, names in LIKENESSES.items():
        if all(name in pairs.likenesses for name in names):
            fitted = fit_weights(kind, stack_features(pairs, contents, kind), pairs, everyone)
            if smaller is not None and kind == list(LIKENESSES)[-1]:
                fitted = recalibrate(fitted, contents, pairs, smaller)
            kinds[kind] = {
                "intercept": fitted.intercept,
                "slope": fitted.slope,
                "offset": fitted.offset,
                "weights": fitted.weights,
            }
    model = {
        "note": "Fitted by matching.fit.training.fit_transition_model on O*NET Related Occupations; see MODEL_CARD.md.",
        "releases": sorted({pair.release for pair in contents.tables["related"]}),
        "data_sha256": digest_of_inputs(contents),
        "occupations": len(pairs.codes),
        "pairs_listed": int((pairs.gain > 0).sum()),
        "negative_share": NEGATIVE_SHARE,
        "seed": SEED,
        "kinds": kinds,
    }
    return json.dumps(model, indent=1) + "\n"
