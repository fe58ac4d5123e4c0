"""Likeness of course names to job titles."""

import numpy as np
import pytest

from taxonomy.linking.job_words import Words, stems


@pytest.mark.parametrize(
    ("course", "job"),
    [
        ("Welding Certificate Program", "Welders"),
        ("AAS Degree in Nursing", "Nurses"),
        ("Introduction to Plumbing", "Plumber"),
        ("Associate of Applied Science Accounting", "Accountants"),
    ],
)
def test_a_course_and_its_job_have_the_same_stems(course: str, job: str) -> None:
    assert stems(course) == stems(job)


def test_the_likest_title_of_a_job_counts() -> None:
    words = Words(["Welders", "Arc Welder", "Registered Nurses"], [0, 0, 1], 2)

    likeness = words.likeness(["Arc Welding", "Registered Nursing", "Quantum Chromodynamics", ""])

    assert likeness[0] == pytest.approx([1.0, 0.0], abs=1e-6)
    assert likeness[1] == pytest.approx([0.0, 1.0], abs=1e-6)
    assert not likeness[2:].any()


def test_no_text_has_no_likeness() -> None:
    assert Words(["Welders"], [0], 1).likeness([]).shape == (0, 1)
    assert np.issubdtype(Words(["Welders"], [0], 1).likeness(["x"]).dtype, np.floating)
