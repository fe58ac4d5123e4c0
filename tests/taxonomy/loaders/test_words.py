"""What exports do to words, undone."""

import pytest

from taxonomy.loaders.words import clean_text, language_of


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Nurse   Aide ", "Nurse Aide"),
        ("Heating &amp; Cooling", "Heating & Cooling"),
        ("Heating &amp;amp Cooling", "Heating & Cooling"),
        ('"E-Z Wheels, Inc."', "E-Z Wheels, Inc."),
        ('"""None Available"""', "None Available"),
        ('The "Black Seal" course', 'The "Black Seal" course'),
        ("Office\ufffd Manager", "Office Manager"),
    ],
)
def test_a_cell_reads_as_it_was_meant(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@pytest.mark.parametrize(
    ("name", "language"),
    [("Cosmetology (Spanish)", "es"), ("Barbering in Spanish", "es"), ("Spanish for Nurses", "en"), ("Welding", "en")],
)
def test_a_course_taught_in_spanish_is_told_from_a_course_of_spanish(name: str, language: str) -> None:
    assert language_of(name) == language
