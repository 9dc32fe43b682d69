from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.postings.forms.steps import last_day
from portal.forms import ThreeBoxDateField


class DeadlineForm(forms.Form):
    """A later last day to apply."""

    deadline = ThreeBoxDateField(label=_("New last day to apply"), earliest=timezone.localdate, latest=last_day)
