from django.contrib.sitemaps import Sitemap

from organisations.models import Organisation


class OrganisationSitemap(Sitemap):
    """The public pages of the organisations, in every language."""

    i18n = alternates = x_default = True

    def items(self):
        return Organisation.objects.public().only("pk", "name").order_by("pk")
