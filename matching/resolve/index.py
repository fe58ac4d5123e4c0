"""Every search index of a snapshot, derived once at install and stored beside the tables it speaks of."""

from matching.resolve.activities import derive_activities
from matching.resolve.postings import Arrays
from matching.resolve.prefixes import derive_prefixes
from matching.resolve.programs import derive_programs
from matching.resolve.skills import derive_skills
from matching.resolve.title_candidates import derive_titles
from taxonomy.snapshot import Contents


def derive_title_index(contents: Contents) -> Arrays:
    """Arrays named `resolve_...` for titles, skills and programs. Row numbers in them are rows of the tables given."""
    tables = contents.tables
    return (
        derive_titles(tables["titles"], tables["occupations"], tables["tasks"])
        | derive_skills(tables["skill_phrases"], tables["descriptors"], tables["technologies"])
        | derive_activities(tables["work_activities"], tables["tasks"])
        | derive_programs(tables["programs"], tables["providers"])
        | derive_prefixes(contents)
    )
