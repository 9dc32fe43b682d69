import pytest

from guides import installation as guides
from guides.models import GuideIndexPage
from portal.site import tree
from portal.site.groups import set_up_groups


@pytest.fixture
def shelves(db):
    """The guide indexes of a new site by language."""
    tree.set_up_languages()
    tree.set_up_home_pages()
    set_up_groups()
    guides.set_up()
    return {page.locale.language_code: page for page in GuideIndexPage.objects.select_related("locale").order_by("pk")}


@pytest.fixture
def shelf(shelves):
    return shelves["fi"]
