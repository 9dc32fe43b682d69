import pytest
from django.contrib.auth.models import Group

from guides import installation as guides
from guides.models import GuideIndexPage
from portal.site import tree


@pytest.fixture
def shelves(db):
    """The guide indexes of a new site by language."""
    tree.set_up_languages()
    tree.set_up_home_pages()
    guides.set_up(Group.objects.create(name="Tarkistajat"))
    return {page.locale.language_code: page for page in GuideIndexPage.objects.select_related("locale").order_by("pk")}


@pytest.fixture
def shelf(shelves):
    return shelves["fi"]
