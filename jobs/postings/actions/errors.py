"""What can stand in the way of a change of a posting. Each error carries what a person needs to be told."""

from collections.abc import Sequence
from typing import Any


class PostingIncomplete(Exception):
    """Required answers are missing; `missing` names them in the order of the form."""

    def __init__(self, missing: Sequence[Any]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class IdentityCodeFound(Exception):
    """A personal identity code stands in a text; `fields` names where. The code itself is kept nowhere."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


class DeadlineNotValid(Exception):
    """The new deadline is not after today, or is too far away."""
