from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = _("organisations")

    def ready(self):
        from organisations.actions.invitation import expire_invitations
        from organisations.models import Organisation
        from organisations.retention import register_rules
        from portal import timed_work
        from search.retrieval.documents import SearchDocument, describe, kind_of
        from search.retrieval.groups import Group, add_group

        register_rules()
        self.register_desk()
        self.register_consequences()
        timed_work.register("expire-invitations", expire_invitations)
        describe(
            SearchDocument(
                model=Organisation,
                facets={
                    "municipality": lambda organisation: [organisation.municipality_id],
                    "field": lambda organisation: [field.code for field in organisation.activity_fields.all()],
                },
                listed=lambda organisation: organisation.is_public,
                queryset=Organisation.objects.for_detail,
            )
        )
        add_group(
            Group(
                name="organisations",
                label=_("Associations"),
                kind=kind_of(Organisation),
                public=lambda pks: Organisation.objects.public().filter(pk__in=pks),
                text=lambda organisation: organisation.description,
                position=30,
            )
        )

    def register_desk(self):
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

    def register_consequences(self):
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
                "mandates",
                90,
                count=lambda organisation: Mandate.objects.working().between_it_and_others(organisation).count(),
                words=lambda count: (
                    ngettext("%(count)s mandate stops working.", "%(count)s mandates stop working.", count)
                    % {"count": count}
                ),
            )
        )
