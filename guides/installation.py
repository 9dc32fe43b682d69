"""The guides' shelf in every language, and the rule that a second person reads what is published."""

from pathlib import Path

from django.contrib.auth.models import Group
from wagtail.models import Collection, GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from guides.models import GuideIndexPage
from portal.installation.tree import languages, set_up_page
from portal.installation.writing import read

SHELVES = Path(__file__).parent / "index_pages.toml"
WORKFLOW = "Toinen ihminen tarkistaa"
# Wagtail makes these for every new database.
WAGTAIL_WORKFLOW = "Moderators approval"


def set_up_index_pages():
    tables = read(SHELVES)
    original = None
    for code in languages():
        page = set_up_page(GuideIndexPage, original, code, **tables[code])
        original = original or page


def set_up_workflow(approvers: Group):
    """Pages of the whole site go by way of the approvers; Wagtail's own workflow is renamed and used."""
    if not Workflow.objects.filter(name=WORKFLOW).exists():
        Workflow.objects.filter(name=WAGTAIL_WORKFLOW).update(name=WORKFLOW)
        GroupApprovalTask.objects.filter(name=WAGTAIL_WORKFLOW).update(name=WORKFLOW)
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW)
    if not workflow.workflow_tasks.exists():
        WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name=WORKFLOW))
    for task in GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow):
        task.groups.add(approvers)
    WorkflowPage.objects.get_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})


def set_up_collections():
    root = Collection.get_first_root_node()
    for name in ["Yhdistysten tunnukset", "Oppaiden kuvat ja tiedostot"]:
        if not Collection.objects.filter(name=name).exists():
            root.add_child(name=name)
            root.refresh_from_db()


def set_up(approvers):
    set_up_index_pages()
    set_up_workflow(approvers)
    set_up_collections()
