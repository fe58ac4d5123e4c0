"""What a world makes of all programs at once is what each program's own record says."""

from matching.world import TIER_ORDER, World


def test_the_track_record_of_every_program_is_what_the_book_says_of_it_alone(starter_world: World) -> None:
    book, courses = starter_world.evidence, starter_world.courses

    for row, program in enumerate(starter_world.catalog.programs.records):
        completion, employment = (book.rate_for(program, measure) for measure in ("completion", "employment_q2"))
        assert (courses.completion[row].alpha, courses.completion[row].beta) == (completion.alpha, completion.beta)
        assert (courses.employment[row].alpha, courses.employment[row].beta) == (employment.alpha, employment.beta)
        assert courses.completion_mean[row] == completion.mean
        assert TIER_ORDER[courses.evidence[row]] is book.tier_for(program)
