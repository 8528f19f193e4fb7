"""The bank holidays of the school's nation: those of the law, and the days in lieu of those that fall on a weekend.

They come from the package `holidays`, which a newer version of this program brings up to date: it knows the royal days that
were given. One that is proclaimed later is a day that a lead enters as a holiday. The package is loaded when a day is first
asked about, since it takes a fifth of a second and 19 MB.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

SUBDIVISIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}


@lru_cache(maxsize=64)
def of_year(nation: str, year: int) -> Mapping[date, str]:
    """The bank holidays of a nation in a year, each with its name."""
    import holidays

    found = holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=year, language="en_GB")
    return {day: name.replace(" (observed)", "").replace("'", "’") for day, name in found.items()}
