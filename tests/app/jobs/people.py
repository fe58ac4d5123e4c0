"""People on lists, as lines under one heading, and the day they are answered on."""

from datetime import date

DAY = date(2026, 11, 22)

HEADING = "reference,zip,job_title_1,job_months_1,education,credentials"
GOOD = "A-1,78207,nursing home aide,30,high_school_equivalency,CNA|TX|2027-03"
BAD = "A-2,7820x,cashier,twelve,high_school_diploma,"
ALSO_GOOD = "A-3,78207,cashier,12,high_school_diploma,"
