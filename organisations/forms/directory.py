from django import forms


class KnownChoicesField(forms.MultipleChoiceField):
    """Values of an address: the known ones count, an unknown one limits nothing."""

    def clean(self, value):
        return [code for code in self.to_python(value) if self.valid_value(code)]


class DirectoryForm(forms.Form):
    """The limits of the directory as they stand in the address: field of activity and municipality."""

    ala = KnownChoicesField(required=False)
    kunta = KnownChoicesField(required=False)

    def __init__(self, *args, activity_fields, municipalities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ala"].choices = [(field.code, field.name) for field in activity_fields]
        self.fields["kunta"].choices = [(municipality.code, municipality.name) for municipality in municipalities]

    @property
    def has_unknown(self):
        """Whether the address held a value that we do not know, so that the page can say so."""
        return any(
            set(self.data.getlist(name)) - {"", *self.cleaned_data[name]} for name in self.fields if self.is_valid()
        )
