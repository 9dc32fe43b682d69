from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Page, Task, Workflow, WorkflowPage, WorkflowTask

from guides.models import SecondReaderTask

WORKFLOW = "Toinen ihminen tarkistaa"
WAGTAIL_WORKFLOW = "Moderators approval"


@transaction.atomic
def ensure_workflow(*approvers: Group) -> Workflow:
    """Every page of the site is read by a second person of these groups. Harmless again."""
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW, defaults={"active": True})
    task = SecondReaderTask.objects.filter(workflow_tasks__workflow=workflow).order_by("pk").first()
    if task is None:
        task = SecondReaderTask.objects.create(name=WORKFLOW)
        workflow.workflow_tasks.all().delete()
        WorkflowTask.objects.create(workflow=workflow, task=task)
    task.groups.add(*approvers)
    WorkflowPage.objects.update_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})
    _retire(WAGTAIL_WORKFLOW)
    return workflow


def _retire(name: str) -> None:
    """Wagtail makes this workflow for every new database; it would let writers approve their own text."""
    Workflow.objects.filter(name=name, workflow_pages__isnull=True).update(active=False)
    Task.objects.filter(name=name).exclude(workflow_tasks__workflow__active=True).update(active=False)
