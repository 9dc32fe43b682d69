from wagtail.admin.forms import WagtailAdminModelForm

from organisations.forms.numbers import NumbersForm


class OrganisationAdminForm(NumbersForm, WagtailAdminModelForm):
    """What staff correct in the details of an organisation, under the same rules as its own people."""
