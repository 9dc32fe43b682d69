"""Who comes second at one form sees both versions."""

from datetime import date

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import override

from portal.furniture.edits import ChangedMeanwhile, Difference, Version, VersionForm, fingerprint, require_unchanged
from tests.organisations.factories import ActivityFieldFactory, MunicipalityFactory, OrganisationFactory


def test_a_fingerprint_follows_the_values_and_not_their_order():
    version = {"title": "A", "from": date(2026, 11, 24), "kinds": [1, 2]}
    assert fingerprint(version) == fingerprint(dict(reversed(version.items())))
    assert fingerprint(version) != fingerprint(version | {"kinds": [2, 1]})


@pytest.mark.django_db
def test_two_versions_of_a_row_differ_in_words_and_in_order():
    """Choices, yes and no, things and many things are shown as people read them; how lines end is no difference."""
    names = ["kind", "description", "gives_coaching", "represents", "activity_fields"]
    theirs = OrganisationFactory(description="Yksi.\nKaksi.", activity_fields=[ActivityFieldFactory()])
    mine = type(theirs).objects.get(pk=theirs.pk)
    assert Version(mine, names).differences(Version(theirs, names)) == ()
    assert Version(mine, names).fingerprint == Version(theirs, names).fingerprint
    mine.description, mine.kind, mine.gives_coaching = "Yksi.\r\nKaksi.", "FOUNDATION", True
    mine.represents = MunicipalityFactory(lieksa=True)
    sports = [ActivityFieldFactory(sports=True), ActivityFieldFactory()]
    with override("fi"):
        rows = Version(mine, names, {"activity_fields": sports}).differences(Version(theirs, names))
    assert [(row.name, row.theirs, row.mine) for row in rows] == [
        ("kind", "Yhdistys", "Säätiö"),
        ("gives_coaching", "ei", "kyllä"),
        ("represents", "", "Lieksa"),
        ("activity_fields", "Ruoka ja ruoka-apu", "Liikunta ja ulkoilu, Ruoka ja ruoka-apu"),
    ]
    assert Version(mine, names).fingerprint != Version(theirs, names).fingerprint


def test_a_form_shows_both_by_its_own_labels_and_carries_the_version_that_was_shown():
    class TitleForm(VersionForm):
        title = forms.CharField(label="Työn nimi")

    form = TitleForm({"title": "A", "seen": "1"})
    rows = (Difference("title", "Otsikko", "B", "A"), Difference("pay", "Palkka", "2", "1"))
    form.show_both(ChangedMeanwhile(rows, 2))
    assert [row.label for row in form.conflicts] == ["Työn nimi", "Palkka"]
    assert (form["seen"].value(), form["title"].value()) == ("2", "A")


@pytest.mark.parametrize(("seen", "present"), [(3, 3), ("3", 3), ("abc", "abc")])
def test_the_version_that_was_seen_is_free_to_change(seen, present):
    require_unchanged(seen, present, lambda: pytest.fail("nothing to compare"))


@pytest.mark.parametrize("seen", [2, "2", "", None])
def test_another_version_is_refused_with_both(seen):
    row = Difference("title", "Otsikko", "B", "A")
    with pytest.raises(ChangedMeanwhile) as refused:
        require_unchanged(seen, 3, lambda: [row])
    assert (refused.value.differences, refused.value.present) == ((row,), 3)


def test_two_who_wrote_the_same_have_no_quarrel():
    require_unchanged(2, 3, list)


def test_both_versions_are_shown_and_escaped():
    rows = (Difference("title", "Otsikko", "<i>", "A\nB"), Difference("pay", "Palkka", None, 0))
    page = render_to_string("components/conflicts.html", {"conflicts": rows})
    assert "&lt;i&gt;" in page
    assert "A<br>B" in page
    assert "None" not in page
