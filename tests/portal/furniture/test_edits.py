"""Who comes second at one form sees both versions."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from portal.furniture.edits import ChangedMeanwhile, Difference, differences, fingerprint, require_unchanged

LABELS = {"title": "Otsikko", "pay": "Palkka"}


def test_a_fingerprint_follows_the_values_and_not_their_order():
    version = {"title": "A", "from": date(2026, 11, 24), "kinds": [1, 2]}
    assert fingerprint(version) == fingerprint(dict(reversed(version.items())))
    assert fingerprint(version) != fingerprint(version | {"kinds": [2, 1]})


def test_the_differences_stand_in_the_order_of_the_form():
    mine, theirs = {"title": "A", "pay": "1", "other": "x"}, {"title": "B", "pay": "2", "other": "y"}
    assert differences(mine, theirs, LABELS) == (
        Difference("title", "Otsikko", "B", "A"),
        Difference("pay", "Palkka", "2", "1"),
    )
    assert differences(mine, mine, LABELS) == ()


@pytest.mark.parametrize(("seen", "present"), [(3, 3), ("3", 3), ("abc", "abc")])
def test_the_version_that_was_seen_is_free_to_change(seen, present):
    require_unchanged(seen, present, lambda: pytest.fail("nothing to compare"))


@pytest.mark.parametrize("seen", [2, "2", "", None])
def test_another_version_is_refused_with_both(seen):
    row = Difference("title", "Otsikko", "B", "A")
    with pytest.raises(ChangedMeanwhile) as refused:
        require_unchanged(seen, 3, lambda: [row])
    assert refused.value.differences == (row,)


def test_two_who_wrote_the_same_have_no_quarrel():
    require_unchanged(2, 3, list)


def test_both_versions_are_shown_and_escaped():
    rows = (Difference("title", "Otsikko", "<i>", "A\nB"), Difference("pay", "Palkka", None, 0))
    page = render_to_string("components/conflicts.html", {"conflicts": rows})
    assert "&lt;i&gt;" in page
    assert "A<br>B" in page
    assert "None" not in page
