"""What people say of race, ethnicity, sex and disability: kept for reports on equal opportunity and nothing else.

29 CFR 38.41(b)(2) asks for these records and for keeping them apart. They are in a schema that the role that matches
has no right in, reached over connections of a second role, and sealed with the person's own key, so that erasing the
person takes them along.
"""

import uuid
from datetime import datetime
from typing import Any

import orjson

from app.db import demographics
from app.errors import NotFoundError, OnHoldError, PreconditionFailedError, UnavailableError
from app.services.ledger import Ledger
from app.services.principal import Principal
from app.services.tags import State, tag_of
from taxonomy.frozen import frozen

_CONTENT = "eeo.demographics.content"


@frozen
class DemographicsService:
    """The statements of a board's people, through the second role; `ledger` is None where no such role is set up."""

    ledger: Ledger | None

    def put(self, caller: Principal, person: uuid.UUID, said: dict[str, Any], state: State) -> tuple[datetime, str]:
        """Keep what a person says in place of what `state` names; when, and the tag of it.

        Raises:
            NotFoundError: this board has no such person, or erased them.
            PreconditionFailedError: what is there is not what `state` names.
            UnavailableError: the database is away, or no second role is set up.
        """
        with self._ledger().act(caller, "demographics.write") as act:
            act.saw("seeker", person)
            sealed = act.get_person(person, "seeker").seal(orjson.dumps(said), _CONTENT, person)
            found = demographics.find_demographics(act.session, person, lock=True)
            state.check(None if found is None else found[1])
            if found is not None:
                return demographics.change_demographics(act.session, person, sealed), tag_of(sealed)
            at = demographics.add_demographics(act.session, act.board, person, sealed)
            if at is None:
                raise PreconditionFailedError
            return at, tag_of(sealed)

    def get(self, caller: Principal, person: uuid.UUID) -> tuple[datetime, dict[str, Any], str]:
        """What a person said last, when, and the tag of it, which is that of the sealed bytes: new with each change.

        Raises:
            NotFoundError: this board has no such person, or they said nothing.
            UnavailableError: the database is away, or no second role is set up.
        """
        with self._ledger().act(caller, "demographics.read") as act:
            act.saw("seeker", person)
            key = act.get_person(person, "seeker")
            at, sealed = _found(demographics.find_demographics(act.session, person))
            said: dict[str, Any] = orjson.loads(key.open(sealed, _CONTENT, person))
            return at, said, tag_of(sealed)

    def delete(self, caller: Principal, person: uuid.UUID, state: State) -> None:
        """Remove what a person said.

        Raises:
            NotFoundError: this board has no such person, or they said nothing.
            PreconditionFailedError: what is there is not what `state` names.
            OnHoldError: they are on legal hold.
            UnavailableError: the database is away, or no second role is set up.
        """
        with self._ledger().act(caller, "demographics.delete") as act:
            act.saw("seeker", person)
            _, sealed = _found(demographics.find_demographics(act.session, person, lock=True))
            state.check(sealed)
            if demographics.is_on_hold(act.session, person):
                raise OnHoldError
            demographics.delete_demographics(act.session, person)

    def _ledger(self) -> Ledger:
        if self.ledger is None:
            raise UnavailableError(
                "Demographic data is not set up here: name a PostgreSQL role in STACKWAY_EEO_DATABASE_URL."
            )
        return self.ledger


def _found(found: tuple[datetime, bytes] | None) -> tuple[datetime, bytes]:
    if found is None:
        raise NotFoundError("This seeker has said nothing of these things.")
    return found
