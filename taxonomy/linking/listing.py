"""One row of a provider list, in our words: what the list says, before anybody judges whether it can be true."""

from taxonomy.frozen import frozen


@frozen
class Listing:
    """A program as its list prints it: typed, freed of pure format, not yet believed.

    Loaders turn a publisher's layout into listings; `taxonomy.linking.link_programs` checks the claims and makes
    programs of them. So every list meets the same rules, and a starter list must hold its figures as printed.
    A cell that is blank, or holds a sentinel such as 99999 weeks, is None.
    """

    id: str  # unique over all lists: list prefix and the publisher's program number, "tx-34540"
    provider_id: str  # "tx-10333"
    provider_name: str
    provider_kind: str | None  # Provider.kind label
    name: str
    release: str
    file: str
    line: int  # of the row in `file`, the header being line 1; what a problem points to
    cip: str | None = None  # as printed: "513901", "51.3901"
    outcome: str | None = None  # Program.award label
    credential_text: str | None = None  # the list's own words
    clock_hours: float | None = None
    weeks: float | None = None  # the most, where the list names a span
    weeks_least: float | None = None  # the least of such a span
    modality: str | None = None  # Modality label
    evening: bool | None = None
    weekend: bool | None = None
    flexible_hours: bool | None = None
    child_care_onsite: bool | None = None
    near_transit: bool | None = None
    language: str = "en"  # of instruction, ISO 639-1
    tuition_usd: float | None = None
    books_usd: float | None = None
    pell: str | None = None  # yes | no | pending
    education_required: str | None = None  # Education label
    courses_required: bool | None = None
    declared_codes: tuple[str, ...] = ()  # occupation codes as printed: "31909200", "31-1131.00"
    apprentices: int | None = None
    street: str | None = None  # street and number of the place
    site: str | None = None  # address on the web of the course or its provider
    campus: str | None = None  # the list's name or number of the place
    city: str | None = None
    county: str | None = None
    state: str | None = None
    zip: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    listed_on: str | None = None  # ISO date
    updated_on: str | None = None
    starts_on: str | None = None  # ISO date of the next start
    seats: float | None = None  # free at that start
    minimum_age: float | None = None
    listed_in: str | None = None  # postal code of the state whose list it is, where the list does not go by campus
