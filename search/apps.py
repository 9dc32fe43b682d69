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
        from search.checks import register_checks
        from search.probes import register_probes
        from search.retention import register_rules
        from search.retrieval.database import read_columns
        from search.retrieval.engine import catch_up_all, keep_pages_from_waiting
        from search.retrieval.indexing import heal
        from search.retrieval.pages import describe_pages
        from search.retrieval.suggestions import Source, add_source, occupations

        describe_pages()
        register_link(Entry("search", _("Search the site"), "search:site_search", Menu.SITE, position=80))
        add_source(Source("occupations", _("Work"), occupations))
        register_checks()
        register_probes()
        keep_pages_from_waiting()
        warming.register(warming.Step("search: columns", read_columns))
        register_rules()
        # The engine and the index follow every change at once; these find what was missed.
        register(Work("search: follow with the engine", catch_up_all, every=timedelta(minutes=1)))
        register(Work("search: objects missing from the index", heal, every=timedelta(minutes=5)))
        register(Work("search: everything in the index", lambda: heal(thoroughly=True)))
