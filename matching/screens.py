"""Screens: what programs ask of a person's reading, mathematics and English before the start, where it is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from taxonomy.credentials import Screen

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Screens:
    """The screens of every program; grades are NaN where no screen is on record, which is not to say there is none."""

    of_program: tuple[tuple[Screen, ...], ...]
    reading: Floats
    math: Floats
    minimum_age: Floats

    @classmethod
    def of(cls, screens: Iterable[Screen], providers: Sequence[str], credentials: Sequence[str | None]) -> "Screens":
        """Screens by program, given the provider and the credential of each."""
        of_provider: dict[str, list[Screen]] = {}
        of_credential: dict[str, list[Screen]] = {}
        for screen in screens:
            if screen.provider_id is not None:
                of_provider.setdefault(screen.provider_id, []).append(screen)
            if screen.credential_id is not None:
                of_credential.setdefault(screen.credential_id, []).append(screen)
        found = tuple(
            (*of_provider.get(provider, ()), *of_credential.get(credential or "", ()))
            for provider, credential in zip(providers, credentials, strict=True)
        )
        reading, math, minimum_age = (np.full(len(found), np.nan) for _ in range(3))
        for row, own in enumerate(found):
            if own:  # few are
                reading[row] = _most(s.reading_grade for s in own)
                math[row] = _most(s.math_grade for s in own)
                minimum_age[row] = _most(s.minimum_age for s in own)
        return cls(found, reading, math, minimum_age)


def _most(grades: Iterable[float | None]) -> float:
    return max((grade for grade in grades if grade is not None), default=np.nan)
