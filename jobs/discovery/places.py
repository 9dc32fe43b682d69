"""Where the reader looks for work: a municipality, a postal code that our own postings know, or a point on the map."""

import difflib
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jobs.postings.models import JobPosting
from organisations.models import Municipality, Organisation
from search.analysis import analyser_for
from search.analysis.folding import fold
from search.filters import Near, kilometres

RADII = [10, 25, 50, 100]  # kilometres
USUAL_RADIUS = 25
# What a browser tells of where it is, rounded to two decimals: about a kilometre.
POINT = re.compile(r"(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?)")
MOST_SUGGESTED = 3


@dataclass(frozen=True)
class Place:
    """A point with the words it goes by. `note` says how a text was understood, where that is not plain."""

    name: str
    latitude: float
    longitude: float
    note: str = ""

    def within(self, radius):
        """The circle around it, in the search's words; `radius` in kilometres."""
        return Near(self.latitude, self.longitude, radius)

    def kilometres_to(self, municipality):
        """The way to a municipality's centre along the earth."""
        return distance(self, municipality)


class UnknownPlace(Exception):
    """Nobody here knows the place; `suggestions` are names that it may have meant."""

    def __init__(self, text, suggestions):
        super().__init__(text)
        self.suggestions = suggestions


def read_place(text):
    """The place that a text names: "Kontiolahdella", "Kontiolax", "80100". Raises UnknownPlace."""
    municipalities = list(Municipality.objects.all())
    if re.fullmatch(r"\d{5}", text):
        return _of_postal_code(text, municipalities)
    wanted = _forms(text)
    for municipality in municipalities:
        if wanted & {fold(municipality.name_fi.lower()), fold(municipality.name_sv.lower())}:
            return Place(municipality.name, municipality.latitude, municipality.longitude)
    raise UnknownPlace(text, _nearest(text, municipalities))


def read_point(text):
    """The place that the reader's own browser told of, or None when the text is no point."""
    point = POINT.fullmatch(text)
    if not point:
        return None
    latitude, longitude = map(float, point.groups())
    return Place(_("Near me"), latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def neighbours_of(code, municipalities):
    """The others of these municipalities, the nearest centre first."""
    others = {municipality.code: municipality for municipality in municipalities}
    here = others.pop(code, None)
    if here is None:
        return []
    return sorted(others.values(), key=lambda other: distance(here, other))


def distance(place, other):
    """Kilometres between two points along the earth (haversine)."""
    return kilometres(place.latitude, place.longitude, other.latitude, other.longitude)


def _of_postal_code(code, municipalities):
    """A postal code stands for the municipality that our own postings and organisations give with it."""
    known = JobPosting.objects.filter(postal_code=code).values_list("municipality", flat=True).first()
    known = known or Organisation.objects.filter(postal_code=code).values_list("municipality", flat=True).first()
    town = next((town for town in municipalities if town.code == known), None)
    if town is None:
        raise UnknownPlace(code, [town.name for town in municipalities[:MOST_SUGGESTED]])
    note = _("The postal code %(code)s stands for %(municipality)s here.")
    return Place(town.name, town.latitude, town.longitude, note % {"code": code, "municipality": town.name})


def _forms(text):
    """The word as written and what it may be an inflected form of, folded."""
    word = text.strip().lower()
    return {fold(word), *(fold(token) for token in analyser_for("fi").word(word).exact)}


def _nearest(text, municipalities):
    names = {fold(name.lower()): town.name for town in municipalities for name in (town.name_fi, town.name_sv)}
    close = difflib.get_close_matches(fold(text.lower()), names, n=MOST_SUGGESTED, cutoff=0.5)
    return list(dict.fromkeys(names[name] for name in close)) or [town.name for town in municipalities[:MOST_SUGGESTED]]
