"""The desk's tabs that a capability opens: coaching, Koitto support, the municipality."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisations.context_processors import choose, current_membership, memberships_of
from organisations.enums import OrganisationKind, RolloutState
from organisations.models import Mandate, Membership, Municipality, Organisation
from organisations.permissions import may_enter_job_bank
from organisations.roles import Verb, may


@dataclass(frozen=True)
class Opening:
    """When the job bank opens to a coach, and by which municipality."""

    day: date
    municipality: str


@require_safe
def coaching(request):
    """The municipalities that a coach serves, and whether the job bank is open to this coach."""
    membership = membership_for(request, Verb.COACH)
    municipalities = list(membership.municipalities.with_rollout())
    context = {
        "membership": membership,
        "tab": "coaching",
        "columns": [{"title": _("Municipality")}, {"title": _("Rollout")}, {"title": _("Since")}, {"title": _("Next")}],
        "rows": [_row(municipality) for municipality in municipalities],
        "is_open": may_enter_job_bank(membership),
        "opening": _opening(municipalities),
        "municipalities": municipalities,
        "contacts": Organisation.objects.speaking_for(municipalities),
        "administrators": Membership.objects.admins()
        .filter(organisation=membership.organisation)
        .select_related("user")
        .order_by("created_at", "pk"),
        "mandates": Mandate.objects.received_by(membership.organisation),
    }
    return render(request, "organisations/desk/coaching.html", context)


@require_safe
def support(request):
    """For whom the support service may act, in what, since when, and whom to call there."""
    membership = membership_for(request, Verb.SUPPORT_EMPLOYERS)
    context = {
        "membership": membership,
        "tab": "support",
        "mandates": Mandate.objects.received_by(membership.organisation),
    }
    return render(request, "organisations/desk/support.html", context)


@require_safe
def municipality(request):
    """How far the municipality is, how that came, and how many associations it has here."""
    membership = membership_for(request, Verb.SPEAK_FOR_MUNICIPALITY)
    place = Municipality.objects.with_rollout().get(pk=membership.organisation.represents_id)
    associations = Organisation.objects.public().filter(municipality=place, kind=OrganisationKind.ASSOCIATION)
    context = {
        "membership": membership,
        "tab": "municipality",
        "municipality": place,
        "events": [{"title": _in_the_beginning(), "text": ""}, *map(_event, place.rollout_rows.all())],
        "association_count": associations.count(),
        "directory_query": urlencode({"kunta": place.code}),
    }
    return render(request, "organisations/desk/municipality.html", context)


def membership_for(request, verb):
    """The current membership if it may, else the first of the person's that may, which the desk shows from now on."""
    current = current_membership(request)
    chosen = [current] if current else []
    for membership in [*chosen, *memberships_of(request)]:
        if may(membership, verb, membership.organisation):
            return choose(request, membership.organisation_id)
    raise Http404


def _row(place):
    """One municipality as a row of the table: its state, since when, and what is planned."""
    now, following = place.rollout_row, place.next_rollout_row
    planned = f"{_day(following.valid_from)}: {following.get_state_display()}" if following else ""
    cells = [
        (_("Rollout"), place.rollout.label),
        (_("Since"), _day(now.valid_from) if now else ""),
        (_("Next"), planned),
    ]
    return {"title": place.name, "cells": [{"label": label, "text": text or "–"} for label, text in cells]}


def _opening(municipalities):
    """The first planned day on which one of them opens the job bank, or None."""
    planned = [
        Opening(row.valid_from, place.name) for place in municipalities if (row := place.first_opening_row) is not None
    ]
    return min(planned, key=lambda opening: opening.day, default=None)


def _event(row):
    until = f"–{_day(row.valid_until)}" if row.valid_until else "–"
    return {"title": f"{row.get_state_display()}, {_day(row.valid_from)}{until}", "text": row.note}


def _in_the_beginning():
    return _("In the beginning: %(state)s") % {"state": str(RolloutState.NOT_YET.label).lower()}


def _day(day):
    return date_format(day, "SHORT_DATE_FORMAT")
