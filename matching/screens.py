"""Screens: what programs ask of a person's reading, mathematics and English before the start, where it is known."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from matching.coded import Coded
from taxonomy.credentials import Screen
from taxonomy.frozen import frozen

Floats = npt.NDArray[np.float64]


@frozen(eq=False)
class Screens:
    """The screens of every program; grades are NaN where no screen is on record, which is not to say there is none."""

    of_program: Coded[tuple[Screen, ...]]
    reading: Floats
    math: Floats
    minimum_age: Floats

    @classmethod
    def of(cls, screens: Iterable[Screen], providers: Iterable[str], credentials: Iterable[str | None]) -> "Screens":
        """Screens by program, given the provider and the credential of each."""
        of_provider: dict[str, list[Screen]] = {}
        of_credential: dict[str, list[Screen]] = {}
        for screen in screens:
            if screen.provider_id is not None:
                of_provider.setdefault(screen.provider_id, []).append(screen)
            if screen.credential_id is not None:
                of_credential.setdefault(screen.credential_id, []).append(screen)
        found = Coded(zip(providers, credentials, strict=True)).map(
            lambda of: (*of_provider.get(of[0], ()), *of_credential.get(of[1] or "", ()))
        )
        return cls(
            of_program=found,
            reading=found.floats(lambda own: _most(s.reading_grade for s in own)),
            math=found.floats(lambda own: _most(s.math_grade for s in own)),
            minimum_age=found.floats(lambda own: _most(s.minimum_age for s in own)),
        )


def _most(grades: Iterable[float | None]) -> float:
    return max((grade for grade in grades if grade is not None), default=np.nan)
