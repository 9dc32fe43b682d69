from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    name = "jobs.applications"
    verbose_name = _("applications")

    def ready(self):
        from jobs.applications import inbox, slots
        from jobs.applications.demonstration import canary as marked
        from jobs.applications.demonstration import writing
        from jobs.applications.receivers import keep_until_later, let_go_when_closed
        from jobs.applications.retention import register_rules
        from jobs.postings import desk
        from jobs.postings.signals import posting_closed, time_to_apply_changed
        from organisations import closing
        from organisations.desk import Tab, TodayRows, tabs, today
        from portal.site import canary, demonstration
        from portal.slots import fill

        register_rules()
        fill(slots.FILLINGS)
        register_links()
        desk.register(desk.Column("applications", _("Applications"), inbox.count_by_posting))
        posting_closed.connect(let_go_when_closed, dispatch_uid="applications.let_go_when_closed")
        time_to_apply_changed.connect(keep_until_later, dispatch_uid="applications.keep_until_later")

        demonstration.register(demonstration.Demonstration("applications", writing.write, 70))
        canary.register(canary.CanaryPart("applications", marked.write, marked.forget, 70))
        today.register(TodayRows("applications", 10, rows=inbox.todo_of))
        tabs.register(Tab("applications", _("Applications"), "jobs:desk_applications", position=30))
        closing.register(
            closing.Consequence("people waiting", 20, count=inbox.count_waiting, words=inbox.waiting_in_words)
        )


def register_links():
    from portal.navigation import Entry, Menu, register

    status = "jobs:application_status"
    register(Entry("applications.status", _("How is my application doing?"), status, Menu.JOBSEEKERS, 30))
