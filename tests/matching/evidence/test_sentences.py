"""The words: true to the record, plain, and never a forecast for one person."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from matching.evidence.dossier import Dossier
from matching.evidence.findings import NO_LINK
from matching.evidence.sentences import faded, headline, sentences_of_study, sentences_without_study
from matching.evidence.tiers import MEANINGS, tier_of_study
from matching.wording import in_language
from taxonomy.codes import Tier

RELATIONS = ("same_site", "same_provider_other_site", "replication", NO_LINK)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def numbers(text: str) -> set[float]:
    return {float(n.replace(",", "").rstrip(".")) for n in _NUMBER.findall(text)}


def numbers_of_record(dossier: Dossier) -> set[float]:
    found = numbers(repr(dossier))
    return found | {abs(e.estimate_usd) for e in dossier.effects if e.estimate_usd is not None}


def words_of_ours(text: str, dossier: Dossier) -> str:
    """The sentence with names and quoted conditions of the record as one short word: we do not choose those."""
    study = dossier.study
    names = [study.program, study.site, study.population, study.screening or "-", study.enrolled or "-"]
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "it")
    return text


def reading_grade(text: str) -> float:
    """Flesch-Kincaid grade, with syllables as runs of vowels, a silent e at the end left out."""
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", text)))
    words = re.findall(r"[A-Za-z$][A-Za-z']*|\$?\d[\d,.\-]*", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", w.lower())))) for w in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def test_every_number_in_a_sentence_is_in_the_record(dossiers: dict[str, Dossier]) -> None:
    for dossier in dossiers.values():
        for relation in RELATIONS:
            told = " ".join(sentences_of_study(dossier, tier_of_study(dossier), relation))

            assert numbers(told) <= numbers_of_record(dossier), dossier.study.id


def test_our_words_read_at_grade_eight_or_below(dossiers: dict[str, Dossier]) -> None:
    for dossier in dossiers.values():
        for relation in RELATIONS:
            for sentence in sentences_of_study(dossier, tier_of_study(dossier), relation):
                ours = words_of_ours(sentence, dossier)

                assert reading_grade(ours) <= 8.0, ours


@pytest.mark.parametrize("text", [*MEANINGS.values(), *sentences_without_study(Tier.U, None, ())])
def test_tier_meanings_read_at_grade_eight_or_below(text: str) -> None:
    assert reading_grade(text) <= 8.0


def test_the_reading_grade_itself_tells_plain_from_hard() -> None:
    assert reading_grade("The cat sat on the mat. It was a good cat.") < 2
    assert reading_grade("Institutional heterogeneity substantially complicates methodological generalisation.") > 15


def test_quest_is_told_with_its_people_year_effect_and_fading(dossiers: dict[str, Dossier]) -> None:
    found, limits = sentences_of_study(dossiers["project-quest"], Tier.B, "same_site")

    assert "$5,726 more a year (20 percent, 2019 dollars)" in found
    assert "410 people" in found
    assert "San Antonio" in found
    assert "2006-2008" in found
    assert "By years 13-14 there was no clear gain." in limits
    assert "full-time college study" in limits


def test_when_people_were_looked_at_is_said_in_the_language_of_the_answer(dossiers: dict[str, Dossier]) -> None:
    _, limits = sentences_of_study(dossiers["project-quest"], Tier.A, "same_site")

    assert "Para los años 13-14 ya no había un alza clara." in str(in_language(limits, "es"))


def test_year_up_is_told_with_what_its_first_year_costs(dossiers: dict[str, Dossier]) -> None:
    _, limits = sentences_of_study(dossiers["year-up-pace"], Tier.A, "same_site")

    assert "In year 1 they earned $5,778 less" in limits


def test_a_result_that_faded_at_most_sites_is_told_so(dossiers: dict[str, Dossier]) -> None:
    _, limits = sentences_of_study(dossiers["workadvance-pooled"], Tier.A, NO_LINK)

    assert "By year 10 there was no clear gain in three of the four sites." in limits


@pytest.mark.parametrize(
    ("study_id", "fading"),
    [
        ("project-quest", "years 13-14"),
        ("per-scholas-workadvance", "years 9-10"),
        ("job-corps", "years 5-9"),
        ("year-up-pace", None),
        ("st-nicks-workadvance", None),  # its null came before the gain
        ("vida-pace", None),  # never rose, so nothing faded
    ],
)
def test_fading_is_a_null_after_a_gain(study_id: str, fading: str | None, dossiers: dict[str, Dossier]) -> None:
    effect = faded(dossiers[study_id])

    assert (effect.follow_up if effect else None) == fading


@pytest.mark.parametrize(
    ("relation", "caution"),
    [
        ("same_provider_other_site", "not at this site, so it may not hold here"),
        ("replication", "not of this provider"),
    ],
)
def test_transfer_is_cautioned(relation: str, caution: str, dossiers: dict[str, Dossier]) -> None:
    _, elsewhere = sentences_of_study(dossiers["per-scholas-workadvance"], Tier.B, relation)
    _, here = sentences_of_study(dossiers["per-scholas-workadvance"], Tier.B, "same_site")

    assert caution in elsewhere
    assert caution not in here


def test_null_and_harm_are_told_in_plain_words(dossiers: dict[str, Dossier]) -> None:
    null, _ = sentences_of_study(dossiers["vida-pace"], Tier.N, NO_LINK)
    harm, _ = sentences_of_study(dossiers["hgjti-cna-columbia-gorge"], Tier.X, NO_LINK)

    assert "no clear gain in pay (last look: years 1-7)" in null
    assert "earned less than the others" in harm


def test_disagreement_of_reviewers_is_told(dossiers: dict[str, Dossier]) -> None:
    _, limits = sentences_of_study(dossiers["per-scholas-seis"], Tier.C, "same_provider_other_site")

    assert "Reviewers do not agree" in limits


def test_no_sentence_forecasts_for_one_person(dossiers: dict[str, Dossier]) -> None:
    for dossier in dossiers.values():
        found, limits = sentences_of_study(dossier, tier_of_study(dossier), "same_site")

        assert "does not tell what one person will earn" in limits
        assert not re.search(r"\byou\b|\bwill (?!earn\.)", f"{found} {limits}", re.IGNORECASE)


def test_figures_from_secondary_sources_name_them(dossiers: dict[str, Dossier]) -> None:
    found, _ = sentences_of_study(dossiers["per-scholas-seis"], Tier.C, "same_site")

    assert "per Straight Talk on Evidence" in found


def test_the_headline_is_the_latest_clear_gain_and_not_the_largest(
    a_study: Callable[..., Any], an_effect: Callable[..., Any]
) -> None:
    peak = an_effect(follow_up="year 2", follow_up_years=2.0, estimate_usd=9000.0)
    latest = an_effect(follow_up="year 6", follow_up_years=6.0, estimate_usd=2500.0)
    maybe = an_effect(follow_up="year 8", follow_up_years=8.0, significant=None)
    some_people = an_effect(follow_up="year 9", follow_up_years=9.0, subgroup="men")

    assert headline(Dossier(a_study(), (peak, latest, maybe, some_people))) == latest


def test_without_a_study_the_sector_is_counted_and_held_apart() -> None:
    first, second = sentences_without_study(Tier.U, "healthcare", [Tier.B, Tier.C, Tier.N, Tier.X, Tier.D, Tier.U])

    assert "No study of this course" in first
    assert "2 found higher pay and 2 did not" in second
    assert "other programs, not of this one" in second
