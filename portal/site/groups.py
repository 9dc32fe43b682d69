"""The groups of the staff. Which rights they have, each app says for itself."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from accounts.registry import Registry

# Wagtail's own names for the two groups that it makes for every new database, and ours.
EDITORS, MODERATORS = "Toimittajat", "Moderaattorit"
WAGTAIL_GROUPS = {EDITORS: "Editors", MODERATORS: "Moderators"}
# An editor's page is published by the second person who approves it.
PAGE_PERMISSIONS = {
    EDITORS: ["add_page", "change_page"],
    MODERATORS: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
}


@dataclass(frozen=True)
class GroupRights:
    """The rights that an app gives: names like "postings.view_jobposting". Moderators have those of editors too."""

    name: str
    editors: tuple[str, ...] = ()
    moderators: tuple[str, ...] = ()


RIGHTS: Registry[GroupRights] = Registry()
register = RIGHTS.register


def set_up_groups() -> None:
    """The groups of editors and moderators. None of them may manage users."""
    for name, wagtail_name in WAGTAIL_GROUPS.items():
        if not Group.objects.filter(name=name).exists():
            Group.objects.filter(name=wagtail_name).update(name=name)
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(_rights_of(name)))
        for codename in PAGE_PERMISSIONS[name]:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.get_or_create(
                group=group, page=Page.get_first_root_node(), permission=permission
            )


def moderators() -> Group:
    return Group.objects.get(name=MODERATORS)


def _rights_of(group):
    for rights in RIGHTS:
        yield from rights.editors
        if group == MODERATORS:
            yield from rights.moderators


def _permissions(names):
    for name in names:
        app_label, codename = name.split(".")
        yield Permission.objects.get(content_type__app_label=app_label, codename=codename)
