"""Answers that are rows of their own, as formsets: the wizard shows them, the action writes them."""

from django.forms import BaseFormSet
from django.utils.functional import cached_property

from jobs.postings.actions.editing import stored_answer
from portal.numbers import whole_number


class RowsFormSet(BaseFormSet):
    """All rows of one answer of a posting. Every row is read, changed or not: they are written together."""

    # The answer's name; the rows' names in the page begin with `row_prefix`.
    answer = ""
    row_prefix = ""

    def __init__(self, posting, data=None):
        self.posting = posting
        self.stored = stored_answer(posting, self.answer)
        super().__init__(data=self._with_counts(data), prefix=self.row_prefix, initial=self.starting_rows())

    def starting_rows(self):
        """The rows that the page shows at first, as dictionaries."""
        return self.stored

    def _with_counts(self, data):
        """Without the counts of the page, or with wild ones, as many rows are read as the page would show."""
        if data is None:
            return None
        data = data.copy()
        total = whole_number(data.get(f"{self.row_prefix}-TOTAL_FORMS"), 99)
        shown = max(1, len(self.starting_rows()))
        data[f"{self.row_prefix}-TOTAL_FORMS"] = str(shown if total is None else total)
        data[f"{self.row_prefix}-INITIAL_FORMS"] = "0"
        return data

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        # Django would pass over a row that was not changed; here it would be lost.
        form.empty_permitted = False
        return form

    @cached_property
    def rows(self):
        """The rows as they were written; None when one of them has a mistake, or there is nothing to store."""
        if not self.is_bound or not self.is_valid():
            return None
        return self.read_rows([form.cleaned_data for form in self.forms])

    def read_rows(self, answers):
        """The rows to store, of the forms' answers."""
        raise NotImplementedError  # each answer reads its own
