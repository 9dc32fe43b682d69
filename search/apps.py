from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("search")

    def ready(self):
        from portal.navigation import Entry, Menu
        from portal.navigation import register as register_link
        from portal.schedule import warming
        from portal.schedule.timed_work import Work, register
        from portal.site import set_up
        from search.actions import set_up_concepts
        from search.checks import register_checks
        from search.engine.replication import replicate_all
        from search.engine.waiting import keep_pages_from_waiting
        from search.index.reconciling import reconcile
        from search.probes import register_probes
        from search.retention import register_rules
        from search.site import suggestions
        from search.site.pages import describe_pages
        from search.site.suggestions import Source, occupations
        from search.storage.configured import read_columns

        describe_pages()
        register_link(Entry("search", _("Search the site"), "search:site_search", Menu.SITE, position=80))
        suggestions.register(Source("occupations", _("Work"), occupations))
        register_checks()
        register_probes()
        keep_pages_from_waiting()
        warming.register(warming.Step("search: columns", read_columns))
        register_rules()
        set_up.register(set_up.SetUp("search: occupations", set_up_concepts, 60))
        # The engine and the index follow every change at once; these find what was missed.
        register(Work("search: follow with the engine", replicate_all, every=timedelta(minutes=1)))
        register(Work("search: objects missing from the index", reconcile, every=timedelta(minutes=5)))
        register(Work("search: everything in the index", lambda: reconcile(thoroughly=True)))
