from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("jobs")

    def ready(self):
        from jobs import actions, searchable
        from jobs.documents import describe_postings, index_postings_of
        from jobs.retention import register_rules
        from jobs.sitemaps import PostingSitemap
        from organisations.signals import organisation_changed
        from portal.schedule import timed_work
        from portal.sitemaps import Section
        from portal.sitemaps import register as register_sitemap

        register_rules()
        register_links()
        register_sitemap(Section("postings", PostingSitemap))
        describe_postings()
        searchable.register()
        organisation_changed.connect(index_postings_of, dispatch_uid="jobs.index_postings_of")
        timed_work.register(timed_work.Work("expire-postings", actions.expire_postings))
        timed_work.register(timed_work.Work("remind-stale", actions.remind_stale))


def register_links():
    from portal.context_processors import saved_keys
    from portal.navigation import Entry, Menu, register

    def saved(request):
        return len(saved_keys(request))

    top, below = Menu.HEADER, Menu.JOBSEEKERS
    listing, kept, status = "jobs:posting_list", "jobs:saved_postings", "jobs:application_status"
    register(Entry("jobs", _("Jobs"), listing, top, 10, section="jobs"))
    register(Entry("jobs.saved", pgettext_lazy("jobs", "Saved"), kept, top, 40, icon="bookmark", number=saved))
    register(Entry("jobs.open", _("Open jobs"), listing, below, 10))
    register(Entry("jobs.kept", _("Saved jobs"), kept, below, 20))
    register(Entry("jobs.status", _("How is my application doing?"), status, below, 30))
