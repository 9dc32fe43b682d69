from django.contrib.sitemaps import Sitemap

from jobs.postings.models import JobPosting


class PostingSitemap(Sitemap):
    """The open postings, in every language of the site."""

    i18n = alternates = x_default = True
    limit = 5000

    def items(self):
        return (
            JobPosting.objects.open().only("pk", "title", "saved_at", "status", "application_deadline").order_by("pk")
        )

    def lastmod(self, posting):
        return posting.saved_at
