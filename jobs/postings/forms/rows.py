"""Answers that are rows of their own: read by a small form each, told in words and written anew."""

from abc import ABC, abstractmethod

from django import forms

from jobs.postings.snapshot import row_in_words


class RowAnswer(ABC):
    """All rows of one answer of a posting. A row is a dictionary of `columns`, stored or written."""

    # The relation of the posting, which is the answer's name too.
    name = ""
    columns: list[str] = []
    forms: list[forms.Form]

    def __init__(self, posting, data):
        self.posting, self.data = posting, data
        self.stored = self.read_stored()
        self.forms = self.make_forms()

    @property
    def relation(self):
        return getattr(self.posting, self.name)

    @property
    def written(self):
        """The rows as the person wrote them; None when one of them has a mistake."""
        if all(form.is_bound and form.is_valid() for form in self.forms):
            return self.read_written([form.cleaned_data for form in self.forms])
        return None

    def in_words(self, rows):
        return "; ".join(row_in_words(self.relation.model(**row), in_full=True) for row in rows)

    def write(self, rows):
        self.relation.all().delete()
        model = self.relation.model
        model.objects.bulk_create(model(posting=self.posting, **row) for row in rows)

    def read_stored(self):
        return list(self.relation.order_by("pk").values(*self.columns))

    @abstractmethod
    def make_forms(self):
        """A form for each row that is shown."""

    @abstractmethod
    def read_written(self, answers):
        """The rows to store, or None when there is nothing that could be stored."""
