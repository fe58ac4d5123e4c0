"""Cases whose answer is known because we made them: listed names with seeded noise. For fitting and for measuring.

A case is right with any of its codes. Where several things bear one name, all of them are.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matching.resolve.noise import dropped_word, employer_and_shift, short_forms, typo
from taxonomy.snapshot import Snapshot

SHORTEST = 6  # letters; a shorter name with a wrong letter is another name
LEVELS = ("basic", "advanced", "5 years of", "some", "experience with", "good at")

Noise = Callable[[str, random.Random], str]

TITLE_NOISE: Mapping[str, Noise] = {
    "typo": typo,
    "dropped word": dropped_word,
    "abbreviation": short_forms,
    "employer and shift": employer_and_shift,
}


@dataclass(frozen=True, slots=True)
class Case:
    """A text and the codes that are right for it, at the digits given: "31-1131" accepts every code beneath it.

    Where a name has several, `meant` is the one that this person means: an answer cannot be surer of it than the name
    lets it be, so that is what calibration is measured on.
    """

    text: str
    codes: tuple[str, ...]
    meant: str | None = None


def title_names(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    """Listed titles and the SOC occupations each names."""
    table = snapshot.table("titles")
    named: defaultdict[str, set[str]] = defaultdict(set)
    for text, code in zip(table.strings("text"), table.strings("onet_code"), strict=True):
        if text and code:
            named[text].add(code[:7])
    return {text: tuple(sorted(codes)) for text, codes in sorted(named.items())}


def skill_names(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    """Listed skill phrases, descriptors and technologies, and the code of each."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for phrase in snapshot.table("skill_phrases"):
        named[phrase.text].add(phrase.element_id or phrase.technology)
    for descriptor in snapshot.table("descriptors"):
        named[descriptor.name].add(descriptor.element_id)
    for technology in snapshot.table("technologies").strings("technology"):
        named[technology or ""].add(technology or "")
    return {text: tuple(sorted(codes)) for text, codes in sorted(named.items())}


def credential_names(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    """Names and other names of credentials, and the id of each."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for credential in snapshot.credentials:
        for name in (credential.name, *credential.aliases):
            named[name].add(credential.id)
    return {text: tuple(sorted(codes)) for text, codes in sorted(named.items())}


def program_names(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    """Programs by name and provider, and the ids of those that share both."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for program in snapshot.programs:
        named[f"{program.name} {program.provider_name}"].add(program.id)
    return {text: tuple(sorted(codes)) for text, codes in sorted(named.items())}


def with_level(text: str, rng: random.Random) -> str:
    """A skill as somebody says how well they can do it."""
    return f"{rng.choice(LEVELS)} {text}"


def cases(names: Mapping[str, Sequence[str]], noise: Noise, most: int, seed: int) -> list[Case]:
    """At most `most` names with noise; names that the noise leaves as they were are passed over."""
    rng = random.Random(seed)  # noqa: S311 - reproducible noise, no secret
    listed = [text for text in names if len(text) >= SHORTEST]
    drawn = rng.sample(listed, len(listed))
    found = []
    for text in drawn:
        changed = noise(text, rng)
        if changed != text:
            found.append(Case(changed, tuple(names[text]), rng.choice(names[text])))
        if len(found) == most:
            break
    return found
