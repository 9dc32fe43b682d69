from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.typed_text import TypedTextForm
from organisations.actions.membership import SERVED, serve
from organisations.enums import MembershipRole
from organisations.models import Municipality
from portal.forms import ChoiceCards, ChoiceCardsMultiple
from portal.furniture.edits import ChangedMeanwhile, Version, VersionForm

ROLE_HINTS = {
    MembershipRole.MEMBER: _("Writes postings and answers applications."),
    MembershipRole.ADMIN: _("Also invites people and edits the organisation's details."),
}


class InvitationForm(TypedTextForm, forms.Form):
    """Whom an administrator invites, and as what. Nothing is chosen beforehand."""

    email = forms.EmailField(
        label=_("E-mail"),
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": _("The e-mail address is not complete. Example: name@example.fi"),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=MembershipRole,
        widget=ChoiceCards(hints=ROLE_HINTS),
        error_messages={"required": _("Choose the role.")},
    )


class RoleForm(TypedTextForm, forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=MembershipRole)


class AccessRequestForm(TypedTextForm, forms.Form):
    """Somebody asks the administrators of an organisation, known by its number, to be let in."""

    business_id = forms.CharField(max_length=9, required=False, widget=forms.HiddenInput)
    association_register_no = forms.CharField(max_length=7, required=False, widget=forms.HiddenInput)
    message = forms.CharField(
        label=_("Message to the administrator"),
        help_text=_("Say who you are, so that the administrator knows you."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ServedMunicipalitiesForm(VersionForm, TypedTextForm):
    """The municipalities that a coach serves; none is a choice too."""

    municipalities = forms.ModelMultipleChoiceField(
        label=_("Municipalities"),
        queryset=Municipality.objects.order_by("name_fi"),
        required=False,
        widget=ChoiceCardsMultiple,
    )

    def __init__(self, *args, coach, **kwargs):
        initial = {"municipalities": coach.municipalities.all(), "seen": Version(coach, SERVED).fingerprint}
        super().__init__(*args, initial=initial, **kwargs)
        self.coach = coach

    def is_saved(self, by):
        """Whether the choice is saved; if somebody else saved another meanwhile, both are shown. Raises NotAllowed."""
        answers = self.cleaned_data
        try:
            serve(self.coach, answers["municipalities"], seen=answers["seen"], by=by)
        except ChangedMeanwhile as conflict:
            self.show_both(conflict)
        return not self.conflicts
