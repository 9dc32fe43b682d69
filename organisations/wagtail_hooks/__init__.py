"""What staff see of organisations in the Wagtail admin."""

from django.db import transaction
from django.forms import CheckboxSelectMultiple
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from organisations.actions.announcing import announce
from organisations.actions.capability import FIELDS as CAPABILITY_FIELDS
from organisations.actions.capability import change_capabilities
from organisations.actions.change import waiting_for
from organisations.enums import OrganisationStatus
from organisations.forms.admin import LogoChooser, OrganisationAdminForm
from organisations.models import ActivityField, Organisation, TaskField
from organisations.permissions import can_verify_organisations
from organisations.wagtail_hooks.changes import ChangesPanel, change_decide, organisation_change
from organisations.wagtail_hooks.coaches import coach_municipalities
from organisations.wagtail_hooks.decisions import decisions_for, organisation_decide
from organisations.wagtail_hooks.municipalities import MunicipalityViewSet
from portal.furniture.edits import ChangedMeanwhile

PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("kind"),
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("business_id"), FieldPanel("association_register_no")]),
            FieldPanel("municipality"),
            FieldPanel("activity_fields", widget=CheckboxSelectMultiple),
        ],
        heading=_("The organisation"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("contact_name"),
            FieldPanel("contact_email"),
            FieldPanel("contact_phone"),
            FieldPanel("street_address"),
            FieldPanel("postal_code"),
            FieldPanel("post_office"),
            FieldPanel("website"),
        ],
        heading=_("Contact"),
    ),
    MultiFieldPanel(
        [FieldPanel("description"), FieldPanel("easy_description"), FieldPanel("logo", widget=LogoChooser)],
        heading=_("What you are like"),
    ),
    MultiFieldPanel([FieldPanel(name) for name in CAPABILITY_FIELDS], heading=_("Capabilities")),
]


class OrganisationIndexView(generic.IndexView):
    def get_base_queryset(self):
        return Organisation.objects.select_related("municipality").for_verification()


class OrganisationEditView(generic.EditView):
    """The capabilities have an action of their own, so that each leaves an event; the rest is saved as typed.

    Where a colleague or the organisation itself saved something meanwhile, both versions are shown instead.
    """

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ChangedMeanwhile as conflict:
            form.show_both(conflict)
            return self.render_to_response(self.get_context_data(form=form), status=409)

    @transaction.atomic
    def save_instance(self):
        instance = self.form.instance
        saved = Organisation.objects.locked(instance.pk)
        self.form.require_unchanged(saved)
        wanted = {name: self.form.cleaned_data[name] for name in CAPABILITY_FIELDS}
        for name in CAPABILITY_FIELDS:
            setattr(instance, name, getattr(saved, name))
        organisation = super().save_instance()
        change_capabilities(organisation, wanted, by=self.request.user)
        announce(organisation)
        return organisation


class OrganisationInspectView(generic.InspectView):
    """The details, the people, what has happened, and the steps that may be taken now."""

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        return "–" if value is None else value

    def get_context_data(self, **kwargs):
        organisation = self.object
        may_decide = can_verify_organisations(self.request.user)
        return super().get_context_data(
            decisions=[
                {"decision": decision, "url": reverse("organisation:decide", args=[organisation.pk, decision.name])}
                for decision in (decisions_for(organisation) if may_decide else [])
            ],
            change=waiting_for(organisation) if may_decide else None,
            events=organisation.events.select_related("by"),
            people=organisation.memberships.for_listing(),
            gives_coaching=organisation.gives_coaching and may_decide,
            **kwargs,
        )


def status_words(organisation):
    """The state, and whether a change of what was verified waits."""
    change = [gettext("change waits")] if organisation.waiting_change else []
    return " · ".join([organisation.get_status_display(), *change])


def waits_for_staff(organisation):
    return bool(organisation.waiting_change) or organisation.status == OrganisationStatus.PENDING


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    name = "organisation"
    icon = "group"
    menu_label = _("Organisations")
    menu_order = 220
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = OrganisationIndexView
    edit_view_class = OrganisationEditView
    inspect_view_class = OrganisationInspectView
    edit_template_name = "organisations/admin/organisation_edit.html"
    inspect_template_name = "organisations/admin/organisation_inspect.html"
    list_display = [
        TitleColumn("name", label=_("Name"), sort_key="name", url_name="organisation:inspect"),
        StatusTagColumn(
            "status",
            label=_("Status"),
            accessor=status_words,
            sort_key="status",
            primary=waits_for_staff,
        ),
        Column("get_kind_display", label=_("Kind")),
        Column("municipality", label=_("Municipality")),
        DateColumn("created_at", label=_("Registered"), sort_key="created_at"),
    ]
    list_filter = ["status", "kind", "municipality"]
    search_fields = ["name", "business_id", "association_register_no"]
    search_backend_name = None
    inspect_view_fields = [
        "status",
        "kind",
        "business_id",
        "association_register_no",
        "municipality",
        "activity_fields",
        "gives_coaching",
        "gives_employer_support",
        "represents",
        "contact_name",
        "contact_email",
        "contact_phone",
        "website",
        "description",
        "easy_description",
    ]
    edit_handler = ObjectList(PANELS, base_form_class=OrganisationAdminForm)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("changes/<int:pk>/", organisation_change, name="change"),
            path("changes/<int:pk>/<slug:decision_name>/", change_decide, name="change_decide"),
            path("<int:pk>/<slug:decision_name>/", organisation_decide, name="decide"),
            path("<int:pk>/coaches/<int:membership_pk>/", coach_municipalities, name="coach"),
        ]


class ActivityFieldViewSet(SnippetViewSet):
    model = ActivityField
    icon = "tag"
    list_display = ["name_fi", "name_sv", "name_en", "position"]
    panels = [
        FieldPanel("code"),
        FieldPanel("name_fi"),
        FieldPanel("name_sv"),
        FieldPanel("name_en"),
        FieldPanel("position"),
    ]


class TaskFieldViewSet(SnippetViewSet):
    model = TaskField
    icon = "tag"
    list_display = ["name_fi", "name_sv", "name_en", "position"]
    panels = [FieldPanel(name) for name in ("code", "sign", "name_fi", "name_sv", "name_en", "isco_codes", "position")]


register_snippet(ActivityFieldViewSet)
register_snippet(TaskFieldViewSet)


@hooks.register("register_admin_viewset")
def register_organisation_viewsets():
    return [OrganisationViewSet("organisation"), MunicipalityViewSet("municipality")]


class WaitingPanel(Component):
    """On the first page of the admin: how many organisations wait to be verified, with the way to them."""

    name = "waiting_organisations"
    order = 130
    template_name = "organisations/admin/waiting_panel.html"

    def get_context_data(self, parent_context):
        return {"count": Organisation.objects.pending().count()}


@hooks.register("construct_homepage_panels")
def add_waiting_panels(request, panels):
    if can_verify_organisations(request.user):
        panels.extend([ChangesPanel(), WaitingPanel()])
