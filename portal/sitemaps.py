"""The lists of public addresses that search engines read. Each app registers its own section."""

from dataclasses import dataclass

from django.contrib.sitemaps import Sitemap as DjangoSitemap
from django.db.models import QuerySet
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from accounts.registry import Registry

# Depth in the page tree: the root is 1, front pages are 2.
FRONT_PAGE_DEPTH = 2


@dataclass(frozen=True)
class Section:
    """`/sitemap-<name>.xml`."""

    name: str
    sitemap: type[DjangoSitemap]


SECTIONS: Registry[Section] = Registry()


def register(section: Section) -> Section:
    return SECTIONS.register(section)


class PageSitemap(Sitemap):
    """Every page that anybody may read, in every language; Wagtail's own takes only the first language."""

    def items(self) -> QuerySet[Page]:
        pages = Page.objects.filter(depth__gte=FRONT_PAGE_DEPTH).live().public().select_related("locale")
        return pages.order_by("path")
