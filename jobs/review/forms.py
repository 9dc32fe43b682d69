"""The moderator's words: which answers should change, or why a posting is refused."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.typed_text import TypedTextForm
from jobs.postings.fields import BY_NAME
from jobs.postings.snapshot import label_of
from portal.forms import OwnWordsField

READY_SENTENCES = [
    _("Please tell more, so that the reader sees what the work is like."),
    _("Please write this in easier words."),
    _("Please move the contact data to the contact question."),
    _("Please leave this out: it may discriminate. Tell what the work itself asks."),
    _("Please check the dates."),
    _("Please check the hours: the tasks and the weekly hours do not fit together."),
]
ASKABLE = list(BY_NAME)


class ChangeRequestForm(TypedTextForm, forms.Form):
    """For each answer a ready sentence, own words, or both; at least one answer must be asked about."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, posting, **kwargs):
        super().__init__(data, initial={"revision": posting.revision}, **kwargs)
        sentences = [("", _("No ready sentence")), *((str(sentence), sentence) for sentence in READY_SENTENCES)]
        for name in ASKABLE:
            self.fields[f"ready_{name}"] = forms.ChoiceField(
                label=_("Ready sentence"), choices=sentences, required=False
            )
            self.fields[f"words_{name}"] = forms.CharField(
                label=_("In your own words"), max_length=900, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )

    @property
    def requests(self):
        """The moderator's words by the name of the answer."""
        requests = {}
        for name in ASKABLE:
            parts = [self.cleaned_data.get(f"ready_{name}"), self.cleaned_data.get(f"words_{name}")]
            if text := " ".join(part.strip() for part in parts if part):
                requests[name] = text
        return requests

    def clean(self):
        super().clean()
        if not self.requests:
            raise forms.ValidationError(
                _("Choose a ready sentence or write what should change, beside one answer at least.")
            )
        return self.cleaned_data

    def rows(self, values, changes, flags):
        """The answers with what is asked, changed and flagged: the review page's rows."""
        changed = {change["name"]: change for change in changes}
        return [
            {
                "name": name,
                "label": label_of(name),
                "value": value,
                "change": changed.get(name),
                "flags": [flag for flag in flags if flag["field"] == name],
                "ready": self[f"ready_{name}"],
                "words": self[f"words_{name}"],
                "is_open": bool(self.data.get(f"ready_{name}") or self.data.get(f"words_{name}")),
            }
            for name, value in values.items()
        ]


class PostingReasonForm(TypedTextForm, forms.Form):
    """Why a posting is refused or taken back: the organisation reads it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Reason, in words the organisation reads"),
        max_length=900,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason. The organisation reads it.")},
    )


class CommentForm(TypedTextForm, forms.Form):
    """The organisation's answer to the moderator."""

    text = OwnWordsField(
        label=_("Your answer"),
        longest=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your answer first.")},
    )
