from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PostingsConfig(AppConfig):
    name = "jobs.postings"
    verbose_name = _("postings")

    def ready(self):
        from jobs.postings import actions, desk, slots
        from jobs.postings.demonstration import canary as marked
        from jobs.postings.demonstration import writing
        from jobs.postings.demonstration.scale import multiply as top_up
        from jobs.postings.retention import register_rules
        from organisations import closing
        from organisations.desk import Tab, TodayRows, tabs, today
        from portal.schedule import timed_work
        from portal.site import canary, demonstration, groups
        from portal.slots import fill

        register_rules()
        fill(slots.FILLINGS)
        timed_work.register(timed_work.Work("expire-postings", actions.expire_postings))
        timed_work.register(timed_work.Work("remind-stale", actions.remind_stale))

        groups.register(groups.GroupRights("postings", moderators=("postings.view_jobposting",)))
        demonstration.register(demonstration.Demonstration("postings", writing.write, 50, multiply=top_up))
        canary.register(canary.CanaryPart("postings", marked.write, marked.forget, 50))
        today.register(TodayRows("postings", 20, rows=desk.todo_of))
        tabs.register(Tab("postings", pgettext_lazy("tab of the desk", "Jobs"), "jobs:desk_postings", position=20))
        closing.register(closing.Consequence("open jobs", 10, count=desk.count_open, words=desk.open_in_words))
        register_figures()


def register_figures():
    from jobs.postings import figures
    from portal.figures import Figure, register

    register(
        Figure(
            "postings.published",
            _("Jobs published"),
            _("Jobs that were opened in the period, each once."),
            figures.published,
            position=30,
        )
    )
    register(
        Figure(
            "postings.organisations",
            _("Organisations that published"),
            _("Organisations of which at least one job was opened in the period."),
            figures.publishing_organisations,
            position=31,
        )
    )
    register(
        Figure(
            "postings.filled",
            _("Jobs filled"),
            _("Jobs that were marked as filled in the period, each once, also where the hire fell through later."),
            figures.filled,
            position=32,
        )
    )
