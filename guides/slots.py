"""What guides show in the pages of lower floors: the guide to begin with, and the employers' way to the shelf."""

from guides.templatetags.guides_tags import guide_to_begin_with, guides_url
from portal.slots import Filling, register


def home_guide(page, front_page):
    """The page that the editors chose, else the first guide for jobseekers."""
    guide = guide_to_begin_with(front_page.guide)
    return {"guide": guide, "page": front_page} if guide else None


def home_employers(page):
    url = guides_url()
    return {"url": url} if url else None


FILLINGS = [
    Filling("guides.home_guide", "home.guide", "guides/slots/home_guide.html", home_guide),
    Filling("guides.home_employers", "home.employers", "guides/slots/home_employers.html", home_employers),
]


def fill_slots():
    for filling in FILLINGS:
        register(filling)
