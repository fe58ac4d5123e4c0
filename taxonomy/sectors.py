"""Sectors: the dozen words job seekers and boards use, mapped from SOC 2018 and CIP 2020 prefixes.

The mapping is ours: SOC and CIP have no sectors. The longest matching prefix wins.
"""

from functools import lru_cache

SECTORS = (
    "healthcare",
    "information_technology",
    "manufacturing",
    "construction",
    "transportation",
    "business",
    "early_childhood",
    "energy",
    "direct_care",
    "public_safety",
    "education",
    "hospitality",
    "personal_services",
    "installation_repair",
    "agriculture",
    "arts_media",
    "science_engineering",
    "legal_social",
    "sales",
)

_BY_SOC = {
    "11": "business", "11-3021": "information_technology", "11-3051": "manufacturing", "11-3071": "transportation",
    "11-9021": "construction", "11-9031": "early_childhood", "11-9032": "education", "11-9033": "education",
    "11-9041": "science_engineering", "11-9051": "hospitality", "11-9081": "hospitality", "11-9111": "healthcare",
    "13": "business", "15": "information_technology", "15-2": "science_engineering", "17": "science_engineering",
    "17-3024": "manufacturing", "17-3026": "manufacturing", "17-3027": "manufacturing", "17-3029": "manufacturing",
    "19": "science_engineering", "21": "legal_social", "21-1094": "healthcare", "21-1093": "healthcare",
    "23": "legal_social", "25": "education", "25-2011": "early_childhood", "27": "arts_media", "29": "healthcare",
    "31": "healthcare", "31-112": "direct_care", "31-1131": "healthcare", "33": "public_safety", "35": "hospitality",
    "37": "personal_services", "39": "personal_services", "39-9011": "early_childhood", "41": "sales",
    "43": "business", "43-5": "transportation", "43-6013": "healthcare", "45": "agriculture", "47": "construction",
    "47-2231": "energy", "47-5": "energy", "49": "installation_repair", "49-3011": "transportation",
    "49-9021": "construction", "49-9041": "manufacturing", "49-9051": "energy", "49-9081": "energy",
    "51": "manufacturing", "51-8": "energy", "53": "transportation",
}  # fmt: skip

_BY_CIP = {
    "01": "agriculture", "09": "arts_media", "10": "arts_media", "11": "information_technology",
    "12": "personal_services", "12.05": "hospitality", "13": "education", "13.1210": "early_childhood",
    "14": "science_engineering", "15": "manufacturing", "15.0501": "construction", "15.0505": "energy",
    "19.07": "early_childhood", "22": "legal_social", "26": "science_engineering", "41": "science_engineering",
    "43": "public_safety", "43.0116": "information_technology", "43.04": "information_technology", "44": "legal_social",
    "46": "construction", "46.0303": "energy", "47": "installation_repair", "47.0201": "construction",
    "47.0303": "manufacturing", "47.0607": "transportation", "48": "manufacturing", "49": "transportation",
    "50": "arts_media", "51": "healthcare", "52": "business", "52.09": "hospitality", "52.18": "sales",
}  # fmt: skip


def _longest(prefixes: dict[str, str], code: str) -> str | None:
    return next((prefixes[code[:n]] for n in range(len(code), 1, -1) if code[:n] in prefixes), None)


@lru_cache(maxsize=4096)
def sector_of_occupation(code: str) -> str | None:
    """Sector of a SOC or O*NET-SOC code."""
    return _longest(_BY_SOC, code)


@lru_cache(maxsize=4096)
def sector_of_field(cip_code: str) -> str | None:
    """Sector of a CIP code."""
    return _longest(_BY_CIP, cip_code)


# Everyday words for sectors, folded as `find_sector` folds them.
_WORDS = {
    "health": "healthcare", "health care": "healthcare", "medical": "healthcare", "nursing": "healthcare",
    "allied health": "healthcare", "salud": "healthcare", "it": "information_technology",
    "tech": "information_technology", "technology": "information_technology", "computers": "information_technology",
    "cyber": "information_technology", "cybersecurity": "information_technology", "advanced manufacturing":
    "manufacturing", "production": "manufacturing", "manufactura": "manufacturing", "trades": "construction",
    "skilled trades": "construction", "construction trades": "construction", "construccion": "construction",
    "transport": "transportation", "logistics": "transportation", "warehousing": "transportation",
    "transportation and logistics": "transportation", "trucking": "transportation", "transporte": "transportation",
    "finance": "business", "office": "business", "administrative": "business", "business and finance": "business",
    "child care": "early_childhood", "childcare": "early_childhood", "early childhood education": "early_childhood",
    "utilities": "energy", "energy and utilities": "energy", "home care": "direct_care", "caregiving": "direct_care",
    "law enforcement": "public_safety", "security": "public_safety", "teaching": "education", "food service":
    "hospitality", "restaurants": "hospitality", "retail": "sales", "repair": "installation_repair",
}  # fmt: skip


def find_sector(text: str) -> str | None:
    """The sector a word means, or None when it names none we know."""
    folded = " ".join(text.casefold().replace("_", " ").replace("-", " ").replace("&", "and").split())
    name = folded.replace(" ", "_")
    return name if name in SECTORS else _WORDS.get(folded)


def known_sectors(texts: tuple[str, ...]) -> frozenset[str]:
    """The sectors some words mean; words that mean none are left out, and the answer says so."""
    return frozenset(s for s in map(find_sector, texts) if s is not None)
