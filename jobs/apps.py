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
        from organisations.signals import organisation_changed
        from portal import timed_work

        register_rules()
        self.register_desk()
        describe_postings()
        searchable.register()
        organisation_changed.connect(index_postings_of, dispatch_uid="jobs.index_postings_of")
        timed_work.register("expire-postings", actions.expire_postings)
        timed_work.register("remind-stale", actions.remind_stale)

    def register_desk(self):
        from jobs.desk import todo_rows
        from organisations.desk import Tab, TodayRows, tabs, today

        tabs.register(Tab("postings", pgettext_lazy("tab of the desk", "Jobs"), "jobs:desk_postings", position=20))
        tabs.register(Tab("applications", _("Applications"), "jobs:desk_applications", position=30))
        today.register(TodayRows("jobs", 20, rows=todo_rows))
