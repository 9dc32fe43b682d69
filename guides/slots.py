"""What guides show in the pages of lower floors: the guide to begin with, and the employers' way to the shelf."""

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page

from guides.enums import Audience
from guides.models import GuideIndexPage, GuidePage
from portal.slots import Filling


def guides_url():
    """The shelf of guides in the reader's language, or in the first language; empty when there is none."""
    shelves = GuideIndexPage.objects.live().select_related("locale").order_by("path")
    by_language = {shelf.locale.language_code: shelf for shelf in shelves}
    shelf = by_language.get(get_language()) or by_language.get(settings.LANGUAGE_CODE)
    return shelf.get_url() or "" if shelf else ""


def guide_to_begin_with(chosen=None):
    """The page that the editors chose, else the first guide for jobseekers; translated where it can be."""
    guide = chosen if isinstance(chosen, Page) and chosen.live else None
    guide = guide or GuidePage.objects.for_listing().filter(audience=Audience.JOBSEEKER).first()
    return guide.localized.specific if guide else ""


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
