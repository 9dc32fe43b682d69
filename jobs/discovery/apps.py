from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscoveryConfig(AppConfig):
    name = "jobs.discovery"
    verbose_name = _("discovery of jobs")

    def ready(self):
        from jobs.discovery import site_search, slots
        from jobs.discovery.index import describe_postings, index_posting, index_postings_of
        from jobs.postings.signals import posting_changed
        from organisations.signals import organisation_changed

        describe_postings()
        slots.fill_slots()
        site_search.register()
        posting_changed.connect(index_posting, dispatch_uid="discovery.index_posting")
        organisation_changed.connect(index_postings_of, dispatch_uid="discovery.index_postings_of")
