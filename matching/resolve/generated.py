"""Cases whose answer is known because we made them: listed names with seeded noise. For fitting and for measuring.

A case is right with any of its codes. Where several things bear one name, all of them are.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from matching.resolve.credential_names import plain
from matching.resolve.noise import dropped_word, employer_and_shift, short_forms, typo
from matching.resolve.text import normalise, without_noise
from matching.resolve.title_forms import spellings
from taxonomy.credentials import Credential
from taxonomy.frozen import frozen
from taxonomy.snapshot import Snapshot

LEFT_OUT = 4  # every so many names are left out of a list
ROUNDS = 3  # a short list is gone through as often for as many cases as are wanted
SHORTEST = 6  # letters; a shorter name with a wrong letter is another name
LEVELS = ("basic", "advanced", "5 years of", "some", "experience with", "good at")

Spelling = Callable[[str], str]
Noise = Callable[[str, random.Random], str]

TITLE_NOISE: Mapping[str, Noise] = {
    "typo": typo,
    "dropped word": dropped_word,
    "abbreviation": short_forms,
    "employer and shift": employer_and_shift,
}


@frozen
class Case:
    """A text and the codes that are right for it, at the digits given: "31-1131" accepts every code beneath it.

    Without codes, the right answer is that it is not understood: the list has nothing of it.

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


def _codes_of_words(names: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """The codes of all names that are the same words, by those words."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for text, codes in names.items():
        for words in spellings(text):
            named[words].update(codes)
    return {words: frozenset(codes) for words, codes in named.items()}


def told_apart(drawn: Sequence[Case], names: Mapping[str, Sequence[str]]) -> tuple[list[Case], list[Case]]:
    """Cases that still say what was meant, and those that the noise made the very title of other work.

    "cook helper" is no misheard "pastry cook helper": whoever says a listed title is taken at their word.
    """
    named = _codes_of_words(names)
    told: tuple[list[Case], list[Case]] = [], []
    for case in drawn:
        said = normalise(case.text)
        listed = named.get(said if said in named else without_noise(case.text), frozenset())
        told[bool(listed) and listed.isdisjoint(case.codes)].append(case)
    return told


def listed_alone(labelled: Sequence[Case], names: Mapping[str, Sequence[str]]) -> list[Case]:
    """Labelled texts that are, word for word, a listed title of one occupation.

    Where their label is another, label and list disagree, and no reading can agree with both.
    """
    named = _codes_of_words(names)
    return [case for case in labelled if len(named.get(normalise(case.text), ())) == 1]


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


def without_some(credentials: Sequence[Credential], first: int) -> tuple[list[Credential], list[Case]]:
    """A list of credentials without every `LEFT_OUT`-th from the `first` on, and what the missing ones are called."""
    absent = {c.id for c in credentials[first::LEFT_OUT]}
    kept = [c for c in credentials if c.id not in absent]
    listed = {plain(name) for c in kept for name in (c.name, *c.aliases)}
    named = [name for c in credentials if c.id in absent for name in (c.name, *c.aliases)]
    return kept, [Case(name, ()) for name in named if plain(name) not in listed]


def program_names(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    """Programs by name and provider, and the ids of those that share both."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for program in snapshot.programs:
        named[f"{program.name} {program.provider_name}"].add(program.id)
    return {text: tuple(sorted(codes)) for text, codes in sorted(named.items())}


def with_level(text: str, rng: random.Random) -> str:
    """A skill as somebody says how well they can do it."""
    return f"{rng.choice(LEVELS)} {text}"


def cases(
    names: Mapping[str, Sequence[str]], noise: Noise, most: int, seed: int, spelling: Spelling | None = None
) -> list[Case]:
    """At most `most` names with noise; names that the noise leaves as they were are passed over.

    So are, where a spelling is given, those that the noise makes another listed name: "certified medical technician"
    without its last word no longer means the technician.
    """
    rng = random.Random(seed)  # noqa: S311 - reproducible noise, no secret
    taken = {spelling(text) for text in names} if spelling else set()
    listed = [text for text in names if len(text) >= SHORTEST]
    found: dict[str, Case] = {}
    for _ in range(ROUNDS):
        for text in rng.sample(listed, len(listed)):
            if len(found) == most:
                break
            changed = noise(text, rng)
            if changed != text and not (spelling and spelling(changed) in taken):
                found.setdefault(changed, Case(changed, tuple(names[text]), rng.choice(names[text])))
    return list(found.values())
