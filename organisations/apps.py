from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

# What editors and moderators may do in the Wagtail admin.
EDITORS_RIGHTS = tuple(
    f"organisations.{verb}_{vocabulary}"
    for vocabulary in ("activityfield", "taskfield")
    for verb in ("add", "change", "view")
)
MODERATORS_RIGHTS = (
    "organisations.verify_organisation",
    "organisations.view_organisation",
    "organisations.change_organisation",
    "organisations.view_municipality",
    "organisations.change_rollout",
)


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = _("organisations")

    def ready(self):
        from accounts import second_factor
        from organisations import installation
        from organisations.actions.invitation import expire_invitations
        from organisations.demonstration import canary as marked
        from organisations.demonstration import people as members
        from organisations.demonstration import services, writing
        from organisations.index import describe_organisations
        from organisations.permissions import needs_second_factor
        from organisations.retention import register_rules
        from organisations.sitemaps import OrganisationSitemap
        from portal.schedule import timed_work
        from portal.site import canary, demonstration, groups, people, set_up
        from portal.sitemaps import Section
        from portal.sitemaps import register as register_sitemap

        register_rules()
        second_factor.register(second_factor.Rule("organisations", needs_second_factor))
        describe_organisations()
        register_links()
        register_desk()
        register_consequences()
        register_for_machines()
        register_figures()
        timed_work.register(timed_work.Work("expire-invitations", expire_invitations))
        register_sitemap(Section("organisations", OrganisationSitemap))
        set_up.register(set_up.SetUp("organisations", installation.set_up, 10))
        groups.register(groups.GroupRights("organisations", EDITORS_RIGHTS, MODERATORS_RIGHTS))
        demonstration.register(demonstration.Demonstration("organisations", writing.write, 10))
        for person in members.PEOPLE:
            people.register(person)
        demonstration.register(demonstration.Demonstration("members", members.write, 30))
        demonstration.register(demonstration.Demonstration("services", services.write, 40))
        canary.register(canary.CanaryPart("organisations", marked.write, marked.forget, 10))


def register_links():
    from portal.navigation import Entry, Menu, register, signed_in, signed_out

    listing, desk, joining = (
        f"organisations:{name}" for name in ("organisation_list", "desk", "organisation_register")
    )
    top, below = Menu.HEADER, Menu.ASSOCIATIONS
    register(Entry("organisations", _("Associations"), listing, top, 30, section="organisations"))
    register(Entry("organisations.desk", _("Desk"), desk, top, 50, section="desk", icon="people", shown=signed_in))
    register(Entry("organisations.own", _("Organisation's desk"), desk, below, 10, shown=signed_in))
    register(Entry("organisations.join", _("Join with your association"), joining, below, 10, shown=signed_out))
    register(Entry("organisations.all", _("Associations"), listing, below, 90))


def register_desk():
    from organisations import desk
    from organisations.roles import Verb

    desk.tabs.register(desk.Tab("today", _("Today"), "organisations:desk", position=10))
    for name, label, verb, position in (
        ("coaching", pgettext_lazy("tab of the desk", "Coaching"), Verb.COACH, 40),
        ("support", pgettext_lazy("tab of the desk", "Koitto"), Verb.SUPPORT_EMPLOYERS, 50),
        ("municipality", _("Municipality"), Verb.SPEAK_FOR_MUNICIPALITY, 60),
    ):
        desk.tabs.register(desk.Tab(name, label, f"organisations:{name}", position, is_for=desk.having(verb)))
    desk.tabs.register(
        desk.Tab("details", _("Details"), "organisations:organisation_edit", 90, arguments=desk.organisation_key)
    )
    desk.today.register(desk.TodayRows("coaching", 40, rows=desk.unnamed_municipalities))


def register_consequences():
    from organisations.closing import Consequence, register
    from organisations.models import Invitation, Mandate

    register(
        Consequence(
            "invitations",
            80,
            count=lambda organisation: Invitation.objects.waiting().filter(organisation=organisation).count(),
            words=lambda count: (
                ngettext("%(count)s invitation waits.", "%(count)s invitations wait.", count) % {"count": count}
            ),
        )
    )
    register(
        Consequence(
            "change of details",
            85,
            count=lambda organisation: organisation.changes.waiting().count(),
            words=lambda count: (
                ngettext("%(count)s change of details waits.", "%(count)s changes of details wait.", count)
                % {"count": count}
            ),
        )
    )
    register(
        Consequence(
            "mandates",
            90,
            count=lambda organisation: Mandate.objects.working().between_it_and_others(organisation).count(),
            words=lambda count: (
                ngettext("%(count)s mandate stops working.", "%(count)s mandates stop working.", count)
                % {"count": count}
            ),
        )
    )


def register_for_machines():
    from organisations.api import municipalities, task_fields
    from portal.api.routers import ApiRouter, register

    register(ApiRouter("municipalities", municipalities, 10))
    register(ApiRouter("task-fields", task_fields, 20))


def register_figures():
    from organisations import figures
    from portal.figures import Figure, register

    register(
        Figure(
            "organisations",
            _("Organisations verified"),
            _("Organisations that staff verified for the first time in the period."),
            figures.newly_verified,
            position=10,
        )
    )
    register(
        Figure(
            "municipalities",
            _("Municipalities in use"),
            _("Municipalities that were pilots or in use on the last day of the period."),
            figures.municipalities_in_use,
            position=20,
        )
    )
