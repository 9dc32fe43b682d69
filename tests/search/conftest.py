import pytest

from search.index.descriptions import Document
from search.index.entries import entry_of
from search.searching import search
from search.storage.configured import database_storage

KIND = "tests.posting"
DAY = 86_400
POSTINGS = [
    Document(
        pk=1,
        title="Siivooja",
        body="Siivoustyötä kerhotalolla Joensuussa. Sopii rauhalliseen tahtiin.",
        facets={"municipality": ["Joensuu"], "field": ["house"], "without": ["lifting", "standing"]},
        numbers={"closes": 3 * DAY, "published": 5 * DAY, "fairness": 2},
        location=(62.601, 29.763),
    ),
    Document(
        pk=2,
        title="Keittiöapulainen",
        body="Autat keittiössä ja siivoat salin. Kahvila on Kontiolahdella.",
        facets={"municipality": ["Kontiolahti"], "field": ["kitchen"], "without": ["lifting"]},
        numbers={"closes": 1 * DAY, "published": 6 * DAY, "fairness": 1},
        location=(62.766, 29.851),
    ),
    Document(
        pk=3,
        title="Lumityöntekijä",
        body="Pihatyötä Kiteellä talvella. Ei sisätöitä.",
        facets={"municipality": ["Kitee"], "field": ["garden"], "without": ["standing"]},
        numbers={"closes": 2 * DAY, "published": 1 * DAY, "fairness": 0},
        location=(62.098, 30.138),
    ),
    Document(
        pk=4,
        title="Kahvilatyöntekijä",
        body="Myyt kahvia ja leivot. Opastamme C++-kerhoakin.",
        facets={"municipality": ["Joensuu"], "field": ["kitchen"], "without": []},
        numbers={"closes": 4 * DAY, "published": 2 * DAY, "fairness": 5},
    ),
    Document(pk=5, title="Salainen siivooja", body="Ei näy vielä.", listed=False),
]


@pytest.fixture
def postings(db):
    """Five postings in an index of their own; the fifth is not for the public."""
    database_storage().write(KIND, [entry_of(document) for document in POSTINGS])
    return KIND


@pytest.fixture
def keys(postings):
    """The keys that a search finds, in order; without those that only resemble."""

    def keys_of(text="", filters=None, **wishes):
        wishes.setdefault("similar", False)
        return search(postings, text, *([filters] if filters else []), **wishes).pks

    return keys_of
