from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("search")

    def ready(self):
        from portal import warming
        from portal.timed_work import register
        from search.checks import register_checks
        from search.probes import register_probes
        from search.retention import register_rules
        from search.retrieval.database import read_columns
        from search.retrieval.engine import catch_up_all, keep_pages_from_waiting
        from search.retrieval.indexing import heal
        from search.retrieval.pages import describe_pages
        from search.retrieval.suggestions import Source, add_source, occupations

        describe_pages()
        add_source(Source("occupations", _("Work"), occupations))
        register_checks()
        register_probes()
        keep_pages_from_waiting()
        warming.register(read_columns)
        register_rules()
        # The engine and the index follow every change at once; these find what was missed.
        register("search: follow with the engine", catch_up_all, every=timedelta(minutes=1))
        register("search: objects missing from the index", heal, every=timedelta(minutes=5))
        register("search: everything in the index", lambda: heal(thoroughly=True))
