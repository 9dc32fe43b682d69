import pytest
from django.contrib.auth.models import Group

from guides import installation as guides
from guides.models import GuideIndexPage
from portal import installation as portal


@pytest.fixture
def shelves(db):
    """The pages of a new site, in all languages: its guide indexes by language."""
    portal.set_up()
    guides.set_up(Group.objects.create(name="Tarkistajat"))
    return {page.locale.language_code: page for page in GuideIndexPage.objects.select_related("locale").order_by("pk")}


@pytest.fixture
def shelf(shelves):
    return shelves["fi"]
