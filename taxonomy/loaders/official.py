"""All official sources found among some files, loaded: one call per source, and what each contributes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from taxonomy.linking.listing import Listing
from taxonomy.loaders.crosswalks import Crosswalks, load_cip_to_soc, load_onet_2010_to_2019, load_onet_to_soc
from taxonomy.loaders.files import list_files
from taxonomy.loaders.geo import load_cbsas, load_texas_boards, load_zips
from taxonomy.loaders.oews import load_oews
from taxonomy.loaders.onet import OnetTables, Ratings, load_onet, load_ratings
from taxonomy.loaders.projections import Projection, load_projections
from taxonomy.loaders.source import Delivery, Source, recognise
from taxonomy.loaders.texas import load_texas
from taxonomy.occupations import Wage
from taxonomy.places import Zip
from taxonomy.release import LoadReport, Problem, Release

T = TypeVar("T")


@dataclass(slots=True)
class Official:
    """What the official files say. A part is None or empty where its source was not among them."""

    onet: OnetTables | None = None
    ratings: Ratings | None = None
    projections: dict[str, Projection] | None = None
    wages: list[Wage] = field(default_factory=list)
    zips: list[Zip] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    crosswalks: Crosswalks = field(default_factory=Crosswalks)
    source_ids: set[str] = field(default_factory=set)
    releases: list[Release] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def load_official(paths: Iterable[Path], sources: Sequence[Source], *, retrieved_on: str | None = None) -> Official:
    """Load every source recognised in `paths`, the newest edition of each.

    Raises:
        SourceError: a source is there but cannot be used; its message says which file and why.
    """
    deliveries, notices = recognise(list_files(paths), sources)
    loading = _Loading(deliveries, retrieved_on)
    crosswalks = Crosswalks(
        onet_2010_to_2019=loading.load("onet-2010-to-2019", load_onet_2010_to_2019) or {},
        onet_to_soc={
            code: socs[0] for code, socs in (loading.load("onet-2019-to-soc", load_onet_to_soc) or {}).items()
        },
        cip_to_soc=loading.load("cip-soc", load_cip_to_soc) or {},
    )
    cbsas = loading.load("cbsa", load_cbsas) or {}
    boards = loading.load("tx-boards", load_texas_boards) or {}
    official = Official(
        onet=loading.load("onet", load_onet),
        ratings=loading.load("onet-ratings", load_ratings),
        projections=loading.load("bls-projections", load_projections),
        wages=[w for source in ("oews-us", "oews-state", "oews-metro") for w in loading.load(source, load_oews) or ()],
        zips=loading.load("zips", lambda delivery: load_zips(delivery, cbsas, boards)) or [],
        listings=loading.load("tx-etpl", load_texas) or [],
        crosswalks=crosswalks,
        source_ids=set(deliveries),
        releases=loading.releases,
        problems=loading.problems,
    )
    for source, texts in notices.items():
        release = deliveries[source].release_id
        official.problems += [Problem(release, text.split(":")[0], 0, "", "", "notice", text) for text in texts]
    return official


@dataclass(slots=True)
class _Loading:
    """Runs loaders and keeps their releases and problems."""

    deliveries: Mapping[str, Delivery]
    retrieved_on: str | None
    releases: list[Release] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def load(self, source: str, loader: Callable[[Delivery], tuple[T, LoadReport]]) -> T | None:
        delivery = self.deliveries.get(source)
        if delivery is None:
            return None
        records, report = loader(delivery)
        self.releases.append(delivery.release(report, retrieved_on=self.retrieved_on))
        self.problems += report.problems
        return records
