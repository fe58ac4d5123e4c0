"""Wording: every sentence of an answer, once in English and once in Spanish, and how an answer changes language.

A stage names a sentence and its figures (`say`); what it gets is the English text, which remembers its name. The last
thing done to an answer is to put it into another language (`in_language`): no stage knows for whom it writes, so the
language asked for cannot move a plan.
"""

from matching.wording.sentences import LANGUAGES, Said, catalogue, in_language, say, together

__all__ = ["LANGUAGES", "Said", "catalogue", "in_language", "say", "together"]
