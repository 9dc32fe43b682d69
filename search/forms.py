from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from search.query.parsing import LONGEST_QUERY


class SiteSearchForm(forms.Form):
    """The words looked for on the whole site."""

    q = forms.CharField(label=_("Search the site"), required=False, help_text=_("For example pay subsidy or cleaning"))
    exact = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None):
        super().__init__(data, auto_id="haku_%s")
        attributes = {"autocomplete": "off", "maxlength": LONGEST_QUERY, "type": "search"}
        attributes["data-portal-suggest"] = reverse("search:suggestions")
        self.fields["q"].widget.attrs.update(attributes)

    def clean_q(self):
        """What is longer than we read is cut, not refused."""
        return self.cleaned_data["q"][:LONGEST_QUERY].strip()
