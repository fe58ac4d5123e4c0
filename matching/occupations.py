"""Occupations: what the method reads of each, made ready once a process."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matching.coded import Coded
from taxonomy.codes import Education
from taxonomy.frozen import frozen
from taxonomy.occupations import Occupation
from taxonomy.sectors import sector_of_occupation
from taxonomy.snapshot import Snapshot

Ints = npt.NDArray[np.int64]

NO_EDUCATION = 0  # an education that is not asked for, or not known

# BLS: "less than 5 years" is counted as one year at least, as its definition starts above a month or two on the job.
_EXPERIENCE = {"none": 0, "less_than_5_years": 12, "5_years_or_more": 60}


def education_value(label: str | None) -> int:
    """Education label to its value, 0 when unknown or not asked for."""
    return int(Education[label.upper()]) if label else NO_EDUCATION


@frozen
class Occupations:
    """What the method reads of every occupation; arrays are aligned with the snapshot's occupations."""

    records: Sequence[Occupation]
    codes: tuple[str, ...]
    titles: tuple[str, ...]
    row: dict[str, int]
    education: Ints  # typical entry education as Education value, 0 unknown
    experience_months: Ints  # experience in a related job that employers usually ask for (BLS), at its lower bound
    job_zone: Ints  # 0 unknown
    barred: tuple[str | None, ...]
    sector: tuple[str | None, ...]
    broad_group: Coded[str]  # SOC broad group, "31-113" of "31-1131.00"

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Occupations":
        """The occupations of a snapshot."""
        table = snapshot.occupations
        codes = tuple(c or "" for c in table.strings("onet_code"))
        return cls(
            records=table.records,
            codes=codes,
            titles=tuple(t or "" for t in table.strings("title")),
            row={code: row for row, code in enumerate(codes)},
            education=np.array([education_value(e) for e in table.strings("typical_education")], np.int64),
            experience_months=np.array([_EXPERIENCE[e or "none"] for e in table.strings("work_experience")], np.int64),
            job_zone=np.nan_to_num(table.numbers("job_zone")).astype(np.int64),
            barred=tuple(table.strings("barred")),
            sector=tuple(sector_of_occupation(c) for c in codes),
            broad_group=Coded(c[:6] for c in codes),
        )
