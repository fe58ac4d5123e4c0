"""Official crosswalks between code systems, many-to-many kept as published."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Crosswalks:
    """Code to codes, each tuple sorted. A code that leads to nothing is absent, never guessed.

    Attributes:
        onet_2010_to_2019: O*NET-SOC 2010 code to its 2019 successors; several when the occupation was split.
        onet_to_soc: O*NET-SOC 2019 code to its SOC 2018 code.
        cip_to_soc: six-digit CIP 2020 code to SOC 2018 codes. Providers declare an occupation outside this list for
            about three programs in ten, so it narrows a search and never decides alone.
    """

    onet_2010_to_2019: dict[str, tuple[str, ...]] = field(default_factory=dict)
    onet_to_soc: dict[str, str] = field(default_factory=dict)
    cip_to_soc: dict[str, tuple[str, ...]] = field(default_factory=dict)
