"""One checked type per code system, and the ordered scales every other module shares.

The format check of a code lives here only. A code is a plain string at run time, so that it
compares, sorts and serialises as its publisher prints it.
"""

import re
from enum import IntEnum, StrEnum
from typing import NewType

OnetCode = NewType("OnetCode", str)
SocCode = NewType("SocCode", str)
CipCode = NewType("CipCode", str)

# O*NET-SOC 2019: the SOC 2018 code and a two-digit extension, "31-1131.00".
_ONET = re.compile(r"\d{2}-\d{4}\.\d{2}")
# SOC 2018 detailed, broad, minor and major codes all have this shape, "31-1131".
_SOC = re.compile(r"\d{2}-\d{4}")
# CIP 2020 at six digits, "51.3901".
_CIP = re.compile(r"\d{2}\.\d{4}")


def parse_onet_code(text: str) -> OnetCode | None:
    """An O*NET-SOC code as printed, or None. Provider lists print it as 8 bare digits or with one hyphen."""
    text = text.strip()
    digits = text.replace("-", "").replace(".", "")
    if len(digits) == 8 and digits.isascii() and digits.isdigit():
        text = f"{digits[:2]}-{digits[2:6]}.{digits[6:]}"
    return OnetCode(text) if _ONET.fullmatch(text) else None


def parse_soc_code(text: str) -> SocCode | None:
    """A SOC code as printed ("31-1131"), or None."""
    text = text.strip()
    return SocCode(text) if _SOC.fullmatch(text) else None


def parse_cip_code(text: str) -> CipCode | None:
    """A six-digit CIP code, or None. Accepts "513901", "51.3901" and "1.0000", whose leading zero a sheet dropped."""
    text = text.strip()
    if "." in text:
        family, _, rest = text.partition(".")
        text = f"{family.zfill(2)}.{rest.ljust(4, '0')}"
    elif text.isascii() and text.isdigit() and len(text) in (5, 6):
        text = text.zfill(6)
        text = f"{text[:2]}.{text[2:]}"
    return CipCode(text) if _CIP.fullmatch(text) else None


class Education(IntEnum):
    """Highest education completed, in the order BLS uses for typical entry education.

    A certificate stands above some college because PIRL 408 and BLS both rank a completed award above credits
    without one. The high-school equivalency and the diploma open the same doors, and so compare as equal in rules
    through `Education.at_least`.
    """

    LESS_THAN_HIGH_SCHOOL = 1
    HIGH_SCHOOL_EQUIVALENCY = 2
    HIGH_SCHOOL_DIPLOMA = 3
    SOME_COLLEGE = 4
    POSTSECONDARY_CERTIFICATE = 5
    ASSOCIATE = 6
    BACHELOR = 7
    GRADUATE = 8

    @property
    def label(self) -> str:
        """The name used in files and answers, such as "high_school_equivalency"."""
        return self.name.lower()

    def at_least(self, needed: "Education") -> bool:
        """Whether this level meets `needed`; an equivalency meets a diploma."""
        if needed is Education.HIGH_SCHOOL_DIPLOMA:
            needed = Education.HIGH_SCHOOL_EQUIVALENCY
        return self >= needed

    @property
    def rung(self) -> int:
        """The rung of schooling, 0 to 5: levels that open the same jobs share one (a diploma and its equivalency)."""
        return (0, 1, 1, 2, 2, 3, 4, 5)[self - 1]


class Modality(StrEnum):
    """How a course is taught."""

    IN_PERSON = "in_person"
    HYBRID = "hybrid"
    ONLINE = "online"


class Tier(StrEnum):
    """Stackway's own evidence tier (facts: A strongest). N and X are findings, U is not knowing."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    N = "N"
    X = "X"
    U = "U"
