"""Seeded noise on titles, as intake lists have it: for fitting, measuring and tests, never for answers."""

import random

_SENIORITY = ("Sr.", "Senior", "Jr.", "Lead", "Entry Level")
_SHIFTS = ("nights", "part time", "2nd shift", "weekends", "PRN")
_EMPLOYERS = ("@ Walmart", "at Amazon", "@ HEB", "at the hospital", "- Acme Inc.")
_SHORT = {
    "Assistant": "Asst", "Manager": "Mgr", "Technician": "Tech", "Supervisor": "Supv", "Operator": "Opr",
    "Maintenance": "Maint", "Representative": "Rep", "Coordinator": "Coord", "Mechanic": "Mech", "Manufacturing": "Mfg",
}  # fmt: skip


def typo(text: str, rng: random.Random) -> str:
    """One slip of the fingers: a letter dropped, doubled, swapped with the next, or replaced."""
    places = [i for i, c in enumerate(text) if c.isalpha()]
    if len(places) < 4:
        return text
    at = rng.choice(places[1:])
    after = text[at + 1 :]
    match rng.randrange(4):
        case 0:
            return text[:at] + after
        case 1:
            return text[:at] + text[at] + text[at] + after
        case 2:
            return text[:at] + after[:1] + text[at] + after[1:]
        case _:
            return text[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + after


def dropped_word(text: str, rng: random.Random) -> str:
    """A title of three words or more without one of them; a shorter one as it is."""
    words = text.split()
    if len(words) > 2:
        del words[rng.randrange(len(words))]
    return " ".join(words)


def few_words(text: str, rng: random.Random) -> str:
    """The verb of a long statement and two more of its words, as somebody says the same in short."""
    words = text.rstrip(".").split()
    if len(words) < 4:
        return text
    return " ".join([words[0], *(words[at] for at in sorted(rng.sample(range(1, len(words)), 2)))])


def short_forms(text: str, rng: random.Random) -> str:  # noqa: ARG001 - one signature for every kind of noise
    """A title with its long words in the short form that people write; as it is where none has one."""
    return " ".join(_SHORT.get(word, word) for word in text.split())


def employer_and_shift(text: str, rng: random.Random) -> str:
    """A title with seniority before it, or with an employer and a shift after it."""
    if rng.randrange(2):
        return f"{rng.choice(_SENIORITY)} {text}"
    return f"{text} {rng.choice(_EMPLOYERS)}, {rng.choice(_SHIFTS)}"


def intake_noise(text: str, rng: random.Random) -> str:
    """A title as somebody might type it: one or two changes out of typo, case, order, employer, shift, short form."""
    for _ in range(rng.randint(1, 2)):
        match rng.randrange(7):
            case 0 | 1:
                text = typo(text, rng)
            case 2:
                text = f"{rng.choice(_SENIORITY)} {text}"
            case 3:
                text = f"{text} {rng.choice(_EMPLOYERS)}, {rng.choice(_SHIFTS)}"
            case 4:
                text = short_forms(text, rng)
            case 5:
                words = text.split()
                text = " ".join([*words[1:], words[0]]) if len(words) > 1 else text
            case _:
                text = text.upper()
    return text
