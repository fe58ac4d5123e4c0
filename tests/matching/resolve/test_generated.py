"""Made-up cases: what noise leaves of a title, and what it makes another title of."""

from matching.resolve.generated import Case, listed_alone, told_apart

NAMES = {
    "Pastry Cook Helper": ("35-9011",),
    "Cook Helper": ("35-2021",),
    "Helper (Aide)": ("31-1120", "35-9011"),
    "Chief Technical Officer (CTO)": ("11-3021",),
}


def test_a_case_that_noise_made_the_very_title_of_other_work_is_told_from_the_others() -> None:
    same = Case("Pastry Helper", ("35-9011",)), Case("Pastry Cook Helpr", ("35-9011",)), Case("CTO", ("11-3021",))
    other = Case("Sr. cook helper", ("35-9011",)), Case("chief technical officer", ("35-9011",))

    assert told_apart([*same, *other], NAMES) == (list(same), list(other))


def test_a_case_that_is_a_title_of_the_same_work_too_still_says_what_was_meant() -> None:
    case = Case("helper aide", ("35-9011",))

    assert told_apart([case], NAMES) == ([case], [])


def test_labelled_titles_that_are_listed_under_one_occupation_tell_how_far_labels_and_list_agree() -> None:
    labelled = [Case("CTO", ("15-1299",)), Case("cook helpers", ("35-2021",)), Case("helper", ("35-9011",))]

    assert listed_alone(labelled, NAMES) == labelled[:2]
    assert listed_alone(labelled, NAMES | {"chief technology officer": ("15-1299",)}) == labelled[1:2]
