from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DiscoveryConfig(AppConfig):
    name = "jobs.discovery"
    verbose_name = _("discovery of jobs")

    def ready(self):
        from jobs.discovery import site_search, slots
        from jobs.discovery.index import describe_postings, index_posting, index_postings_of
        from jobs.discovery.sitemaps import PostingSitemap
        from jobs.postings.signals import posting_changed
        from organisations.signals import organisation_changed
        from portal.sitemaps import Section
        from portal.sitemaps import register as register_sitemap
        from portal.slots import fill

        describe_postings()
        register_links()
        register_sitemap(Section("postings", PostingSitemap))
        fill(slots.FILLINGS)
        site_search.register()
        posting_changed.connect(index_posting, dispatch_uid="discovery.index_posting")
        organisation_changed.connect(index_postings_of, dispatch_uid="discovery.index_postings_of")


def register_links():
    from portal.context_processors import saved_keys
    from portal.navigation import Entry, Menu, register

    def saved(request):
        return len(saved_keys(request))

    top, below = Menu.HEADER, Menu.JOBSEEKERS
    listing, kept = "jobs:posting_list", "jobs:saved_postings"
    register(Entry("jobs", _("Jobs"), listing, top, 10, section="jobs"))
    register(Entry("jobs.saved", pgettext_lazy("jobs", "Saved"), kept, top, 40, icon="bookmark", number=saved))
    register(Entry("jobs.open", _("Open jobs"), listing, below, 10))
    register(Entry("jobs.kept", _("Saved jobs"), kept, below, 20))
