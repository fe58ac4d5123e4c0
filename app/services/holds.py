"""Legal holds: people of whom nothing is erased, by hand or by age, until whoever may do so lifts it."""

import uuid
from datetime import date

from app.db import people
from app.errors import NotFoundError
from app.services.ledger import Ledger
from app.services.principal import Principal
from app.services.seekers import find_in_version
from taxonomy.frozen import frozen

_REASON = "seekers.hold_content"


@frozen
class Hold:
    """That a person is on hold. `version` is that of the person, whom a hold is a part of."""

    seeker_id: uuid.UUID
    version: int
    since: date
    reason: str


@frozen
class Holds:
    """Holds, each seen by its board only; the reason is under the person's own key."""

    ledger: Ledger

    def get(self, caller: Principal, person: uuid.UUID) -> Hold:
        """The hold a person is on.

        Raises:
            NotFoundError: this board has no such person, or they are on none.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "hold.read") as act:
            act.saw("seeker", person)
            kept = people.find_seeker(act.session, person)
            if kept is None or kept.hold_since is None or kept.hold_content is None:
                raise NotFoundError("No seeker of this board is on hold under this id.")
            reason = act.get_person(person, "seeker").open(kept.hold_content, _REASON, person)
            return Hold(person, kept.version, kept.hold_since, reason.decode())

    def put(self, caller: Principal, person: uuid.UUID, version: int | None, since: date, reason: str) -> Hold:
        """Put a person in `version` on hold, or in place of what is said of the hold they are on.

        Raises:
            NotFoundError: this board has no such person, or erased them.
            PreconditionFailedError: `version` is not the newest any more.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "hold.set") as act:
            act.saw("seeker", person)
            find_in_version(act, person, version)
            sealed = act.get_person(person, "seeker").seal(reason.encode(), _REASON, person)
            return Hold(person, people.change_hold(act.session, person, since, sealed), since, reason)

    def lift(self, caller: Principal, person: uuid.UUID, version: int | None) -> None:
        """From here on they may be erased again, by age too.

        Raises:
            NotFoundError: this board has no such person, or they are on no hold.
            PreconditionFailedError: `version` is not the newest any more.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "hold.lift") as act:
            act.saw("seeker", person)
            if find_in_version(act, person, version).hold_since is None:
                raise NotFoundError("No seeker of this board is on hold under this id.")
            people.change_hold(act.session, person, None, None)
