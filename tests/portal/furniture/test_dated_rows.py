"""The database itself refuses rows that overlap, also after Django has rebuilt the table."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, IntegrityError, connection, models
from django.db.models.signals import post_migrate
from django.test.utils import isolate_apps

from portal.furniture.dated_rows import DatedRow, RowsOverlap, keep_apart, refusing_overlap

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rows():
    """A model of this test alone, with its table."""
    with isolate_apps("portal"):

        class Rollout(DatedRow):
            GROUP = ("place", "kind")
            place = models.CharField(max_length=20)
            kind = models.IntegerField(null=True)

            class Meta(DatedRow.Meta):
                app_label = "portal"

    with connection.schema_editor() as editor:
        editor.create_model(Rollout)
    migrated(Rollout)
    yield Rollout
    with connection.schema_editor() as editor:
        editor.delete_model(Rollout)


def migrated(model):
    """What post_migrate does for the app of this model."""
    keep_apart(sender=SimpleNamespace(get_models=lambda: [model]), using="default")


def add(model, begins, ends=None, place="Lieksa", kind=1):
    with refusing_overlap():
        return model.objects.create(place=place, kind=kind, valid_from=day(begins), valid_until=ends and day(ends))


def day(number):
    return date(2026, 11, number)


def test_it_is_done_after_every_migrate():
    assert "portal.keep_apart" in {receiver[0][0] for receiver in post_migrate.receivers}


def test_overlaps_are_refused_and_neighbours_are_not(rows):
    add(rows, 10, 12)
    for begins, ends in ((10, 12), (12, 12), (9, 10), (11, 11), (1, 20), (1, None), (12, None)):
        with pytest.raises(RowsOverlap):
            add(rows, begins, ends)
    add(rows, 9, 9)
    add(rows, 13)
    for begins, ends in ((14, 15), (20, None)):
        with pytest.raises(RowsOverlap):
            add(rows, begins, ends)
    assert rows.objects.count() == 3


def test_each_group_is_by_itself(rows):
    for place, kind in (("Lieksa", 1), ("Lieksa", 2), ("Nurmes", 1), ("Lieksa", None)):
        add(rows, 1, place=place, kind=kind)
        with pytest.raises(RowsOverlap):
            add(rows, 1, place=place, kind=kind)


def test_a_change_is_refused_like_a_new_row_and_may_stay_as_it_is(rows):
    first, second = add(rows, 1, 5), add(rows, 6, 9)
    second.save()
    second.valid_from = day(5)
    with pytest.raises(RowsOverlap), refusing_overlap():
        second.save()
    with pytest.raises(RowsOverlap), refusing_overlap():
        rows.objects.filter(pk=first.pk).update(valid_until=None)
    rows.objects.filter(pk=first.pk).update(valid_until=day(4))
    with refusing_overlap():
        second.save()


def test_the_end_is_not_before_the_beginning(rows):
    with pytest.raises(DatabaseError):
        add(rows, 5, 4)


def test_what_holds_on_a_day(rows):
    first, second = add(rows, 1, 5), add(rows, 6)
    found = [[*rows.objects.on(day(number)).order_by("pk")] for number in (1, 5, 6, 30)]
    assert found == [[first], [first], [second], [second]]
    assert not rows.objects.on(date(2026, 10, 31)).exists()


def test_other_refusals_stay_what_they_are(rows):
    with pytest.raises(IntegrityError), refusing_overlap():
        rows.objects.create(place="Lieksa", kind=1)


def test_a_rebuilt_table_refuses_again(rows):
    add(rows, 1, 5)
    changed = models.CharField(max_length=21, default="")
    changed.set_attributes_from_name("place")
    changed.model = rows
    with connection.schema_editor() as editor:
        editor.alter_field(rows, rows._meta.get_field("place"), changed)
    migrated(rows)
    migrated(rows)
    with pytest.raises(RowsOverlap):
        add(rows, 5)
    add(rows, 6)
