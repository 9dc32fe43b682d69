"""Who on the staff may do what."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

# Wagtail's own names for the two groups that it makes for every new database, and ours.
EDITORS, MODERATORS = "Toimittajat", "Moderaattorit"
WAGTAIL_GROUPS = {EDITORS: "Editors", MODERATORS: "Moderators"}
FOR_EDITORS = [
    "wagtailadmin.access_admin",
    "portal.change_portalsettings",
    "organisations.add_activityfield",
    "organisations.change_activityfield",
    "organisations.view_activityfield",
    "organisations.add_taskfield",
    "organisations.change_taskfield",
    "organisations.view_taskfield",
]
FOR_MODERATORS = [
    *FOR_EDITORS,
    "organisations.verify_organisation",
    "organisations.view_organisation",
    "organisations.change_organisation",
    "organisations.view_municipality",
    "organisations.change_rollout",
    "jobs.moderate_jobposting",
    "jobs.view_jobposting",
]
# An editor's page is published by the second person who approves it.
PAGE_PERMISSIONS = {
    EDITORS: ["add_page", "change_page"],
    MODERATORS: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
}


def set_up_groups():
    """The groups of editors and moderators. None of them may manage users."""
    for name, wagtail_name in WAGTAIL_GROUPS.items():
        if not Group.objects.filter(name=name).exists():
            Group.objects.filter(name=wagtail_name).update(name=name)
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(FOR_EDITORS if name == EDITORS else FOR_MODERATORS))
        for codename in PAGE_PERMISSIONS[name]:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.get_or_create(
                group=group, page=Page.get_first_root_node(), permission=permission
            )


def moderators():
    return Group.objects.get(name=MODERATORS)


def _permissions(names):
    for name in names:
        app_label, codename = name.split(".")
        yield Permission.objects.get(content_type__app_label=app_label, codename=codename)


def set_up():
    set_up_groups()
