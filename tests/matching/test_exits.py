"""The jobs a program may open, read in whole columns, are those its own links name one by one."""

from matching.world import World
from taxonomy.programs import ProgramOccupation

BASES = ("credential", "declared", "classified", "crosswalk")


def may_open(link: ProgramOccupation, world: World) -> bool:
    row = world.catalog.occupations.row.get(link.onet_code)
    if row is None or world.catalog.occupations.barred[row]:
        return False
    guess = link.basis == "crosswalk" and link.confidence < 0.15
    return not guess and (link.usable or link.reason in ("above_award", "experience_needed"))


def test_a_program_has_the_links_of_its_strongest_basis_with_the_plainest_job_first(starter_world: World) -> None:
    catalog = starter_world.catalog
    links: dict[str, list[ProgramOccupation]] = {}
    for link in starter_world.snapshot.table("program_occupations"):
        if may_open(link, starter_world):
            links.setdefault(link.program_id, []).append(link)

    for row, program in enumerate(catalog.programs.records):
        credential = catalog.credentials.get(program.credential_id or "")
        opens = credential.opens if credential else ()

        def order(link: ProgramOccupation, opens: tuple[str, ...] = opens) -> tuple[float, ...]:
            plain = opens.index(link.onet_code) if link.onet_code in opens else len(opens)
            job = catalog.occupations.row[link.onet_code]
            return BASES.index(link.basis), plain, -link.confidence, int(catalog.occupations.education[job]), job

        own = sorted(links.get(program.id, ()), key=order)
        strongest = [link for link in own if link.basis == own[0].basis]
        found = catalog.programs.exits[row]
        assert [(catalog.occupations.codes[e.occupation], e.basis, e.confidence) for e in found] == [
            (link.onet_code, link.basis, link.confidence) for link in strongest
        ]
        by_credential = credential is not None and [e.basis for e in found][:1] == ["credential"]
        exam = by_credential and credential is not None and credential.exam_name is not None
        assert {e.examined for e in found} <= {exam}


def test_each_distinct_link_is_kept_once(starter_world: World) -> None:
    exits = starter_world.catalog.programs.exits

    assert len(set(exits.links)) == len(exits.links)
    for links, places in zip(exits.of_program.values, exits.link_rows, strict=True):
        assert tuple(exits.links[place] for place in places if place >= 0) == links
