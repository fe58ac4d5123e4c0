"""Occupation codes as providers declare them, brought to the O*NET-SOC 2019 codes of the snapshot."""

from collections.abc import Collection

from taxonomy.codes import parse_onet_code
from taxonomy.frozen import frozen
from taxonomy.linking.findings import Finding
from taxonomy.linking.listing import Listing
from taxonomy.loaders.crosswalks import Crosswalks


@frozen
class Declared:
    """One occupation a provider declares. `share` is 1, or 1/k where its 2010 code was split into k."""

    onet_code: str
    share: float


def declared_occupations(
    listing: Listing, crosswalks: Crosswalks, installed: Collection[str]
) -> tuple[tuple[Declared, ...], tuple[Finding, ...]]:
    """The declared occupations that the snapshot holds, and the codes that lead to none.

    Most lists print O*NET-SOC 2010 codes. A code that is also valid today is taken as today's; the others follow the
    published crosswalk, every branch of it kept.
    """
    shares: dict[str, float] = {}
    findings: list[Finding] = []
    for raw in listing.declared_codes:
        successors = _successors(raw, crosswalks, installed)
        if not successors:
            findings.append(
                Finding("occupation_code_unknown", "declared_codes", raw, "no occupation of this edition has the code")
            )
        for code in successors:
            if code in installed:
                shares[code] = max(shares.get(code, 0.0), 1 / len(successors))
    return tuple(Declared(code, share) for code, share in shares.items()), tuple(findings)


def _successors(raw: str, crosswalks: Crosswalks, installed: Collection[str]) -> tuple[str, ...]:
    code = parse_onet_code(raw)
    if code is None:
        return ()
    if code in installed or code in crosswalks.onet_to_soc:
        return (code,)
    return crosswalks.onet_2010_to_2019.get(code, ())
