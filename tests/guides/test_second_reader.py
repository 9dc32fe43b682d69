"""Nobody publishes their own text."""

import pytest
from django.contrib.auth.models import Permission
from wagtail.models import GroupPagePermission, Locale, Page, Workflow

from accounts.models import User
from guides import actions
from guides.models import GuidePage, SecondReaderTask
from portal.site.groups import moderators
from tests.guides.factories import GuidePageFactory


@pytest.fixture
def readers(shelves):
    """Two people who may write, publish and approve."""
    group = moderators()
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.get_or_create(
            group=group, page=Page.get_first_root_node(), permission=Permission.objects.get(codename=codename)
        )
    people = [User.objects.create_user(f"{name}@example.fi") for name in ("aino", "eino")]
    for person in people:
        person.groups.add(group)
    return people


def submitted(shelf, author):
    guide = GuidePageFactory(parent=shelf, live=False)
    guide.save_revision(user=author)
    Workflow.objects.get(active=True).start(GuidePage.objects.get(pk=guide.pk), user=author)
    return GuidePage.objects.get(pk=guide.pk)


def names(task, page, user):
    return {name for name, _label, _asks in task.get_actions(page, user)}


def test_writer_cannot_approve_what_is_waiting(shelf, readers):
    writer, reader = readers
    page = submitted(shelf, writer)
    task = SecondReaderTask.objects.get()
    assert names(task, page, writer) == set()
    assert names(task, page, reader) == {"approve", "reject"}


def test_superuser_cannot_approve_their_own_text_either(shelf, readers):
    boss = User.objects.create_superuser("johto@example.fi")
    assert names(SecondReaderTask.objects.get(), submitted(shelf, boss), boss) == set()


def test_waiting_text_is_on_the_readers_list_only(shelf, readers):
    writer, reader = readers
    submitted(shelf, writer)
    task = SecondReaderTask.objects.get()
    assert not task.get_task_states_user_can_moderate(writer).exists()
    assert task.get_task_states_user_can_moderate(reader).exists()


def test_after_a_change_by_the_reader_the_writer_reads(shelf, readers):
    writer, reader = readers
    page = submitted(shelf, writer)
    page.save_revision(user=reader)
    page = GuidePage.objects.get(pk=page.pk)
    task = SecondReaderTask.objects.get()
    assert names(task, page, reader) == set()
    assert "approve" in names(task, page, writer)


def test_approval_publishes(shelf, readers):
    writer, reader = readers
    page = submitted(shelf, writer)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, reader, "approve")
    assert GuidePage.objects.get(pk=page.pk).live


def test_stranger_approves_nothing(shelf, readers):
    stranger = User.objects.create_user("vieras@example.fi")
    assert names(SecondReaderTask.objects.get(), submitted(shelf, readers[0]), stranger) == set()


def test_no_editor_publishes_a_guide_at_once(shelf, readers):
    guide = GuidePageFactory(parent=shelf)
    for person in readers:
        assert not guide.permissions_for_user(person).can_publish()
        assert not shelf.permissions_for_user(person).can_publish_subpage()
        assert guide.permissions_for_user(person).can_edit()
        assert guide.permissions_for_user(person).can_unpublish()


def test_plain_page_object_knows_the_rule_too(shelf, readers):
    guide = Page.objects.get(pk=GuidePageFactory(parent=shelf).pk)
    assert not guide.permissions_for_user(readers[0]).can_publish()


def test_translation_of_a_live_guide_may_be_published_at_once(shelf, readers):
    guide = GuidePageFactory(parent=shelf)
    translation = guide.copy_for_translation(Locale.objects.get(language_code="sv"))
    assert translation.permissions_for_user(readers[0]).can_publish()
    guide.unpublish()
    assert not translation.permissions_for_user(readers[0]).can_publish()


def test_workflow_is_made_once(shelves):
    group = moderators()
    first, again = actions.ensure_workflow(group), actions.ensure_workflow(group)
    assert first == again
    assert SecondReaderTask.objects.count() == 1
    assert list(Workflow.objects.filter(active=True)) == [first]


def test_workflow_holds_for_every_page(shelf):
    assert GuidePageFactory(parent=shelf).get_workflow().name == actions.WORKFLOW
