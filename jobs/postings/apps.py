from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PostingsConfig(AppConfig):
    name = "jobs.postings"
    verbose_name = _("postings")

    def ready(self):
        from jobs.postings import actions, desk, slots
        from jobs.postings.demonstration import canary as marked
        from jobs.postings.demonstration import writing
        from jobs.postings.demonstration.scale import multiply as top_up
        from jobs.postings.retention import register_rules
        from organisations import today
        from portal.schedule import timed_work
        from portal.site import canary, demonstration, groups

        register_rules()
        slots.fill_slots()
        timed_work.register(timed_work.Work("expire-postings", actions.expire_postings))
        timed_work.register(timed_work.Work("remind-stale", actions.remind_stale))

        groups.register(groups.GroupRights("postings", moderators=("postings.view_jobposting",)))
        demonstration.register(demonstration.Demonstration("postings", writing.write, 50, multiply=top_up))
        canary.register(canary.CanaryPart("postings", marked.write, marked.forget, 50))
        today.register(today.TodayRows("postings", desk.todo_of, 50))
