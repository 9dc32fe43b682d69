"""What can stand in the way of a change of state. Each error carries what a person needs to be told."""


class TransitionNotAllowed(Exception):
    """The thing is in another state than the change expects: somebody else was faster, or a page is old."""

    def __init__(self, thing, wanted):
        super().__init__(f"{thing.pk}: {thing.status} → {wanted}")
        self.thing = thing
        self.wanted = wanted

    @property
    def is_done_already(self):
        """Whether the wanted state is reached: a double click, or a second person with the same wish."""
        return self.thing.status == self.wanted


class PostingIncomplete(Exception):
    """Required answers are missing; `missing` names them in the order of the form."""

    def __init__(self, missing):
        super().__init__(", ".join(missing))
        self.missing = missing


class IdentityCodeFound(Exception):
    """A personal identity code stands in a text; `fields` names where. The code itself is kept nowhere."""

    def __init__(self, fields):
        super().__init__(", ".join(fields))
        self.fields = fields


class OrganisationNotVerified(Exception):
    """Only a verified organisation's posting can be published."""


class TooLate(Exception):
    """The time in which this could be done has passed."""


class DeadlineNotValid(Exception):
    """The new deadline is not after today, or is too far away."""


class PostingClosed(Exception):
    """Nobody can apply any more: the deadline passed, or the job was filled or withdrawn meanwhile."""


class AlreadyApplied(Exception):
    """The same phone number or address has applied to the same job. Nothing of that application is told."""


class TooManyTries(Exception):
    """Too many in a short time: try again later."""


class EmptyText(Exception):
    """A message without words."""
