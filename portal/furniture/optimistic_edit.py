"""Two people edit the same thing: the second save is refused, and both versions are shown."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """One answer in two versions, both in words. `language` is that of the words; empty when it is the page's."""

    name: str
    label: str
    theirs: str
    mine: str
    language: str = ""


class ChangedMeanwhile(Exception):
    """Somebody else saved after this person had opened the page. Nothing was written."""

    def __init__(self, differences: Sequence[Difference] = ()) -> None:
        super().__init__(", ".join(difference.name for difference in differences))
        self.differences = list(differences)
