"""Licences: work that nobody may do without one, and work that usually comes with a certificate others build on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from matching.answer import Resolved
from matching.wording import say
from taxonomy.credentials import Credential, StackRule
from taxonomy.frozen import frozen
from taxonomy.places import Zip

# An apprenticeship or a degree leads to a licence and is none; a certificate of a course says that it was taken.
_LICENCES = ("license", "certification")


@frozen
class Licences:
    """Credentials by the row of the occupation they belong to."""

    licensing: Mapping[int, tuple[Credential, ...]]  # the work asks for one of them
    building: Mapping[int, tuple[Credential, ...]]  # open the work, and a further credential asks for them
    opening: Mapping[int, frozenset[str]]  # all that open it, and those that build on a certificate for it
    built_on: frozenset[str]  # ids of credentials, whatever their job, that a further one stands on

    @classmethod
    def of(
        cls, credentials: Iterable[Credential], rules: Mapping[str, Sequence[StackRule]], row: Mapping[str, int]
    ) -> "Licences":
        """The licences of a vocabulary.

        Args:
            credentials: all of it.
            rules: rules by the credential they lead to.
            row: row of each occupation by its O*NET code.
        """
        every = [rule for group in rules.values() for rule in group]
        asked_for = {rule.from_credential for rule in every if rule.relation == "required"}
        licensing: defaultdict[int, list[Credential]] = defaultdict(list)
        building: defaultdict[int, list[Credential]] = defaultdict(list)
        opening: defaultdict[int, set[str]] = defaultdict(set)
        for credential in credentials:
            for code in dict.fromkeys((*credential.opens, *credential.licenses)):
                if code not in row:
                    continue
                opening[row[code]].add(credential.id)
                if code in credential.licenses:
                    licensing[row[code]].append(credential)
                elif code == credential.opens[0] and credential.id in asked_for and _is_usual(credential):
                    building[row[code]].append(credential)
                    opening[row[code]] |= {r.to_credential for r in every if r.from_credential == credential.id}
        return cls(
            {job: _plainest_first(found, every) for job, found in licensing.items()},
            {job: _plainest_first(found, every) for job, found in building.items()},
            {job: frozenset(found) for job, found in opening.items()},
            frozenset(rule.from_credential for rule in every),
        )

    def needed_for(self, job: int, place: Zip | None) -> frozenset[str]:
        """The credentials one of which the work asks for at a place; none where no such rule is known."""
        here = [c for c in self.licensing.get(job, ()) if _holds(c, place)]
        if not any(c.kind in _LICENCES for c in here):
            return frozenset()
        return frozenset(c.id for c in here) | self.opening[job]

    def goes_with(self, job: int, place: Zip | None) -> frozenset[str]:
        """The credentials that open work which asks for one at a place, or usually comes with one; none elsewhere."""
        usual = any(_holds(credential, place) for credential in self.building.get(job, ()))
        return self.needed_for(job, place) or (self.opening[job] if usual else frozenset())

    def unnamed(self, jobs: Iterable[int], named: Collection[str], place: Zip | None) -> tuple[Credential, ...]:
        """Of each past job that goes with a credential, where none that opens it was named, the usual one.

        Only those that a further one stands on: holding another opens no plan.
        """
        usual = (self._usual(job, place) for job in jobs if self._lacks(job, named))
        return tuple({c.id: c for c in usual if c is not None and c.id in self.built_on}.values())

    def _usual(self, job: int, place: Zip | None) -> Credential | None:
        of_job = self.licensing if self.needed_for(job, place) else self.building
        return next((c for c in of_job.get(job, ()) if c.kind in _LICENCES and _holds(c, place)), None)

    def to_ask(
        self, jobs: Iterable[tuple[Resolved, int | None]], named: Collection[str], place: Zip | None
    ) -> tuple[str, ...]:
        """What to ask of work that goes with a credential where none that opens it was named.

        Args:
            jobs: past jobs as read, with the row of the occupation.
            named: every credential the person named, in force or not, and what those imply.
            place: where the person is.
        """
        said = [self._question(taken, job, place) for taken, job in jobs if job is not None and self._lacks(job, named)]
        return tuple(dict.fromkeys(sentence for sentence in said if sentence))

    def _lacks(self, job: int, named: Collection[str]) -> bool:
        return self.opening.get(job, frozenset()).isdisjoint(named)

    def _question(self, taken: Resolved, job: int, place: Zip | None) -> str | None:
        if self.needed_for(job, place):
            return say("confirm.licence_not_named", text=taken.text, job=taken.title)
        usual = [c.name for c in self.building.get(job, ()) if _holds(c, place)]
        return say("confirm.certificate_not_named", text=taken.text, names=", ".join(usual)) if usual else None


def _plainest_first(found: Sequence[Credential], rules: Iterable[StackRule]) -> tuple[Credential, ...]:
    """Credentials of one job, last those that another of them leads to."""
    ids = {credential.id for credential in found}
    later = {rule.to_credential for rule in rules if rule.from_credential in ids}
    return tuple(sorted(found, key=lambda credential: credential.id in later))


def _is_usual(credential: Credential) -> bool:
    """Whether those who do the work mostly hold it. Light trucks are driven without the nation's licence for others."""
    return credential.kind == "certification" or (credential.kind == "license" and credential.state is not None)


def _holds(credential: Credential, place: Zip | None) -> bool:
    """Whether a credential is of the place: of the nation, or of its state."""
    return credential.state is None or (place is not None and credential.state == place.state)
