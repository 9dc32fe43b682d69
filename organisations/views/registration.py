from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from organisations.actions import change as changes
from organisations.actions import organisation as actions
from organisations.context_processors import choose
from organisations.enums import OrganisationStatus
from organisations.forms.details import DetailsForm, OrganisationForm
from organisations.forms.members import AccessRequestForm
from organisations.models import Organisation
from organisations.roles import Verb, may
from organisations.views.rights import telling_change_of_rights
from portal.backends.files import NotStored
from portal.furniture.edits import ChangedMeanwhile

TOO_MANY = gettext_lazy(
    "You have registered several organisations. Wait until we have checked them, or ask our help line."
)


@login_not_required
@require_http_methods(["GET", "POST"])
def organisation_register(request):
    """A signed-in person brings an organisation; anybody else is first shown the way to sign in."""
    if not request.user.is_authenticated:
        return render(request, "organisations/register_start.html", _ways_in(request.path))
    if request.method == "GET":
        form = OrganisationForm(initial={"contact_name": request.user.name, "contact_email": request.user.email})
        return render(request, "organisations/organisation_register.html", {"form": form})
    form = OrganisationForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.register(
                form.instance, form.cleaned_data["activity_fields"], form.cleaned_data["logo"], by=request.user
            )
        except actions.AlreadyRegistered as refusal:
            form.refuse_as_registered(refusal.organisation)
        except NotStored:
            form.refuse_logo()
        except actions.TooManyOrganisations:
            form.add_error(None, TOO_MANY)
        else:
            return _registered(request, form.instance)
    if form.taken_by and choose(request, form.taken_by.pk):
        messages.info(request, _("%(name)s is in the service already, and you belong to it.") % {"name": form.taken_by})
        return redirect("organisations:desk")
    return render(request, "organisations/organisation_register.html", {"form": form, "ask_form": _ask_form(form)})


def _registered(request, organisation):
    vars(request).pop("_memberships", None)
    choose(request, organisation.pk)
    messages.success(request, _("Thank you! We received the details of %(name)s.") % {"name": organisation.name})
    return redirect("organisations:desk")


def _ways_in(path):
    query = urlencode({"next": path})
    return {
        "login_url": f"{reverse('account_login')}?{query}",
        "signup_url": f"{reverse('account_signup')}?{query}",
    }


def _ask_form(form):
    """A way to reach the administrators of the organisation that is here already, by its number alone."""
    return AccessRequestForm(initial=form.taken_number, auto_id="ask_%s") if form.taken_number else None


@require_POST
def access_request(request):
    """Passes a wish to join on to the administrators. The answer is the same whoever they are."""
    form = AccessRequestForm(request.POST, auto_id="ask_%s")
    if not form.is_valid():
        return render(request, "organisations/access_request.html", {"form": form})
    numbers = form.cleaned_data["business_id"], form.cleaned_data["association_register_no"]
    organisation = actions.registered_with(*numbers)
    if organisation is None or organisation.status == OrganisationStatus.CLOSED:
        raise Http404
    actions.ask_for_access(organisation, form.cleaned_data["message"], by=request.user)
    return render(request, "organisations/access_request.html", {"form": None})


@require_http_methods(["GET", "POST"])
@telling_change_of_rights
def organisation_edit(request, pk):
    """The organisation's details: its administrators edit them, its members read them."""
    organisation = get_object_or_404(Organisation.objects.where_may(request.user, Verb.SEE).for_detail(), pk=pk)
    membership = choose(request, organisation.pk)
    context = {
        "organisation": organisation,
        "membership": membership,
        "tab": "details",
        "change": changes.waiting_for(organisation),
    }
    if not may(membership, Verb.EDIT_DETAILS, organisation):
        if request.method == "POST":
            raise Http404
        return render(request, "organisations/desk/details.html", context)
    form = DetailsForm(request.POST or None, request.FILES or None, instance=changes.as_wanted(organisation))
    if request.method == "POST" and form.is_valid() and _is_saved(form, request.user):
        _tell_saved(request, organisation)
        return redirect("organisations:organisation_edit", organisation.pk)
    status = 409 if form.conflicts else 200
    return render(request, "organisations/desk/edit.html", {**context, "form": form}, status=status)


def _tell_saved(request, organisation):
    messages.success(request, _("The details are saved."))
    if change := changes.waiting_for(organisation):
        text = _("Our staff look at your change first: %(what)s. Until then the page shows what it showed before.")
        messages.info(request, text % {"what": change.labels})


def _is_saved(form, user):
    """Whether the form's answers are saved; if not, the form says why."""
    answers = form.cleaned_data
    try:
        actions.update_details(
            form.instance,
            answers["activity_fields"],
            logo=answers["logo"],
            removes_logo=answers.get("removes_logo", False),
            seen=answers["seen"],
            by=user,
        )
    except actions.AlreadyRegistered as refusal:
        form.refuse_as_registered(refusal.organisation)
    except ChangedMeanwhile as conflict:
        form.show_both(conflict)
    except NotStored:
        form.refuse_logo()
    return form.is_valid() and not form.conflicts
