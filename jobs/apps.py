from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("jobs")

    def ready(self):
        from jobs import actions
        from jobs.retention import register_rules
        from portal import timed_work

        register_rules()
        timed_work.register("expire-postings", actions.expire_postings)
        timed_work.register("remind-stale", actions.remind_stale)
