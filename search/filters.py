"""What a search is narrowed by, said in the same words for every engine."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class Range:
    """A number from and to, both included; None leaves that end open."""

    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True)
class Near:
    """Everything within so many kilometres of a point (degrees)."""

    latitude: float
    longitude: float
    radius_km: float

    def box(self) -> tuple[float, float, float, float]:
        """South, north, west and east of a box around the circle, in degrees."""
        south_north = math.degrees(self.radius_km / EARTH_RADIUS_KM)
        narrow = max(math.cos(math.radians(self.latitude)), 0.01)
        west_east = min(south_north / narrow, 180.0)
        return (
            self.latitude - south_north,
            self.latitude + south_north,
            self.longitude - west_east,
            self.longitude + west_east,
        )


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The distance of two points (degrees) along the earth's surface, by the haversine formula."""
    here, there = math.radians(latitude), math.radians(other_latitude)
    turned = math.radians(other_longitude - longitude)
    half = math.sin((there - here) / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(turned / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(half, 1.0)))


@dataclass(frozen=True)
class Filters:
    """What a document must be to be found.

    `any_of`, `all_of`, `none_of`: which of these values of a facet it has. `within` is any of them too, and holds also
    where the facet is counted without its own choice. `ranges`: numbers. `near`: a place.
    """

    any_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    all_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    none_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)
    near: Near | None = None

    def chosen(self) -> dict[str, frozenset[str]]:
        """The facets in which something is chosen as any-of: each is counted without its own choice."""
        return {name: frozenset(values) for name, values in self.any_of.items() if values}
