"""What the clearinghouses mean by their words, beside Stackway's own tiers. Their scales are never merged."""

from taxonomy.frozen import frozen


@frozen
class Grade:
    """A value of a clearinghouse's scale, in short words, and where it is defined."""

    clearinghouse: str
    about: str  # what the value is said of
    value: str
    meaning: str
    source: str


@frozen
class Review:
    """One review of several studies, in its published range; drafts of it gave others, which are not used."""

    citation: str
    link: str
    low_percent: int
    high_percent: int
    studies: int
    providers: int
    read: str


SECTOR_REVIEW = Review(
    citation=(
        "Katz, Roth, Hendra & Schaberg 2022, Why Do Sectoral Employment Programs Work? Lessons from WorkAdvance, "
        "Journal of Labor Economics 40(S1), S249-S291"
    ),
    link="https://doi.org/10.1086/717932",
    low_percent=12,
    high_percent=34,
    studies=4,
    providers=8,
    read="per its abstract, as econbeancount.app prints it",
)

_CLEAR = "https://clear.dol.gov"
_PATHWAYS = "https://pathwaystowork.acf.gov/glossary"

SCALES = (
    Grade(
        "CLEAR, guidelines 2.2 of January 2022",
        "how sure the cause is; nothing of size or sign",
        "High",
        "a lottery study with few people lost, or a well-made interrupted time series",
        _CLEAR,
    ),
    Grade(
        "CLEAR, guidelines 2.2 of January 2022",
        "how sure the cause is; nothing of size or sign",
        "Moderate",
        "a comparison with good controls, or a lottery study that lost people and controls for it",
        _CLEAR,
    ),
    Grade(
        "CLEAR, guidelines 2.2 of January 2022",
        "how sure the cause is; nothing of size or sign",
        "Low",
        "neither: the effect may come from something else",
        _CLEAR,
    ),
    Grade(
        "Pathways to Work",
        "a program, one outcome, one term",
        "Well-supported",
        "two or more sound studies with clear favorable findings",
        _PATHWAYS,
    ),
    Grade(
        "Pathways to Work",
        "a program, one outcome, one term",
        "Supported",
        "one sound study with clear favorable findings",
        _PATHWAYS,
    ),
    Grade(
        "Pathways to Work",
        "a program, one outcome, one term",
        "Mixed support",
        "clear findings both ways",
        _PATHWAYS,
    ),
    Grade(
        "Pathways to Work",
        "a program, one outcome, one term",
        "Not supported",
        "only unclear or unfavorable findings",
        _PATHWAYS,
    ),
    Grade(
        "Pathways to Work",
        "a program, one outcome, one term",
        "Little evidence to assess support",
        "studies exist, too few or too uncertain",
        _PATHWAYS,
    ),
)
