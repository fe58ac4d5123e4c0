"""Which words in Latin letters are of a language we do not read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.resolve.language import other_language


@pytest.mark.parametrize("text", ["Je sais souder", "Küchenhilfe", "đầu bếp", "sou motorista, não dirijo caminhão"])
def test_words_and_letters_of_other_languages_tell(text: str) -> None:
    assert other_language(text)


@pytest.mark.parametrize("text", ["niñera", "cuidé a mi mamá", "pingüino", "crème", "résumé writer", "CNA"])
def test_english_and_spanish_are_ours(text: str) -> None:
    assert not other_language(text)


@given(st.text(max_size=500))
def test_no_text_raises(text: str) -> None:
    assert other_language(text) in {True, False}


OURS = frozenset(["tire", "tech", "worker", "installer", "cook", "operador", "social"])


@pytest.mark.parametrize(
    "text", ["Les Schwab tire tech", "DAS installer", "nan worker", "Häagen-Dazs cook", "cook, São Paulo"]
)
def test_a_foreign_name_beside_our_words_is_ours(text: str) -> None:
    assert not other_language(text, OURS)


@pytest.mark.parametrize(
    "text", ["operador de caixa", "travailleur social", "nhan vien ban hang", "gerente de loja", "Lehrerin"]
)
def test_a_trade_of_another_language_outweighs_a_word_that_ours_has_too(text: str) -> None:
    assert other_language(text, OURS)
