"""What other apps' templates show of guides, and how lists tell the language of a page."""

from django import template
from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page

from guides.enums import WRITTEN_IN, Audience
from guides.models import GuideIndexPage, GuidePage

register = template.Library()


@register.filter
def written_in(code):
    """ "in Finnish": the language of a page, said in the reader's own."""
    return WRITTEN_IN.get(code, code)


@register.simple_tag
def guides_url():
    """The shelf of guides in the reader's language, or in the first language; empty when there is none."""
    shelves = GuideIndexPage.objects.live().select_related("locale").order_by("path")
    by_language = {shelf.locale.language_code: shelf for shelf in shelves}
    shelf = by_language.get(get_language()) or by_language.get(settings.LANGUAGE_CODE)
    return shelf.get_url() or "" if shelf else ""


@register.simple_tag
def guide_to_begin_with(chosen=None):
    """The page that the editors chose, else the first guide for jobseekers; translated where it can be."""
    guide = chosen if isinstance(chosen, Page) and chosen.live else None
    guide = guide or GuidePage.objects.for_listing().filter(audience=Audience.JOBSEEKER).first()
    return guide.localized.specific if guide else ""
