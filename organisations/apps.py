from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

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
)


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = _("organisations")

    def ready(self):
        from organisations import installation
        from organisations.demonstration import canary as marked
        from organisations.demonstration import people as members
        from organisations.demonstration import writing
        from organisations.index import describe_organisations
        from organisations.retention import register_rules
        from organisations.sitemaps import OrganisationSitemap
        from portal.site import canary, demonstration, groups, people, set_up
        from portal.sitemaps import Section
        from portal.sitemaps import register as register_sitemap

        register_rules()
        describe_organisations()
        register_links()
        register_sitemap(Section("organisations", OrganisationSitemap))
        set_up.register(set_up.SetUp("organisations", installation.set_up, 10))
        groups.register(groups.GroupRights("organisations", EDITORS_RIGHTS, MODERATORS_RIGHTS))
        demonstration.register(demonstration.Demonstration("organisations", writing.write, 10))
        for person in members.PEOPLE:
            people.register(person)
        demonstration.register(demonstration.Demonstration("members", members.write, 30))
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
