"""The region's municipalities in the Wagtail admin: how far each is, and the page on which staff change that."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from organisations.actions import rollout as actions
from organisations.forms.rollout import RolloutForm
from organisations.models import Municipality
from organisations.permissions import can_change_rollout


def since(municipality):
    row = municipality.rollout_row
    return row.valid_from if row else None


class MunicipalityIndexView(generic.IndexView):
    def get_base_queryset(self):
        return Municipality.objects.with_rollout()


class MunicipalityViewSet(ModelViewSet):
    model = Municipality
    name = "municipality"
    icon = "site"
    menu_label = gettext_lazy("Municipalities")
    add_to_settings_menu = True
    copy_view_enabled = False
    index_view_class = MunicipalityIndexView
    list_display = [
        TitleColumn("name_fi", label=gettext_lazy("Municipality"), url_name="municipality:rollout"),
        Column("rollout", label=gettext_lazy("Rollout"), accessor=lambda municipality: municipality.rollout.label),
        DateColumn("since", label=gettext_lazy("Since"), accessor=since),
    ]
    search_fields = ["name_fi", "name_sv"]
    search_backend_name = None
    form_fields = ["code", "name_fi", "name_sv", "latitude", "longitude", "point_source"]

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("<str:pk>/rollout/", municipality_rollout, name="rollout")]


@require_http_methods(["GET", "POST"])
def municipality_rollout(request, pk):
    """The history of a municipality's rollout, and a change: asked once more before it is written."""
    if not can_change_rollout(request.user):
        raise PermissionDenied
    municipality = get_object_or_404(Municipality.objects.with_rollout(), pk=pk)
    form = RolloutForm(request.POST if request.method == "POST" else None)
    is_confirming = request.method == "POST" and form.is_valid()
    if is_confirming and "confirmed" in request.POST and _changed(form, municipality, request.user):
        messages.success(request, _("The rollout of %(name)s is changed.") % {"name": municipality.name})
        return redirect("municipality:rollout", municipality.pk)
    is_confirming = is_confirming and form.is_valid()
    context = {"municipality": municipality, "form": form, "is_confirming": is_confirming}
    return render(request, "organisations/admin/municipality_rollout.html", context)


def _changed(form, municipality, user):
    """Writes the change, or into the form why it was not written."""
    answers = form.cleaned_data
    try:
        actions.change_rollout(municipality, answers["state"], day=answers["valid_from"], note=answers["note"], by=user)
    except (actions.DayHasPassed, actions.ChangesThatDay, actions.NothingChanges) as refusal:
        form.refuse(refusal)
    return form.is_valid()
