from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

# Depth in the page tree: the root is 1, front pages are 2.
FRONT_PAGE_DEPTH = 2


class PageSitemap(Sitemap):
    """Every page that anybody may read, in every language; Wagtail's own takes only the first language."""

    def items(self):
        pages = Page.objects.filter(depth__gte=FRONT_PAGE_DEPTH).live().public().select_related("locale")
        return pages.order_by("path")
