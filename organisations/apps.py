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
        from portal.site import canary, demonstration, groups, people, set_up

        register_rules()
        describe_organisations()
        set_up.register(set_up.SetUp("organisations", installation.set_up, 10))
        groups.register(groups.GroupRights("organisations", EDITORS_RIGHTS, MODERATORS_RIGHTS))
        demonstration.register(demonstration.Demonstration("organisations", writing.write, 10))
        for person in members.PEOPLE:
            people.register(person)
        demonstration.register(demonstration.Demonstration("members", members.write, 30))
        canary.register(canary.CanaryPart("organisations", marked.write, marked.forget, 10))
