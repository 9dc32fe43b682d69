"""Nobody publishes their own text: the rule, in the two places where Wagtail asks."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, PagePermissionTester, TaskState

from accounts.models import User


class SecondReaderTask(AbstractGroupApprovalTask):
    """Approval by somebody of the chosen groups who did not write the version that is waiting."""

    class Meta:
        verbose_name = _("reading by a second person")
        verbose_name_plural = _("readings by a second person")

    @classmethod
    def get_description(cls) -> str | Promise:
        return _("Somebody of the chosen groups approves, but never the person who wrote the text")

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, str, bool]]:
        return [] if wrote_latest(obj, user) else super().get_actions(obj, user)

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[TaskState]:
        return super().get_task_states_user_can_moderate(user, **kwargs).exclude(revision__user=user)


def wrote_latest(page: Page, user: User) -> bool:
    return page.latest_revision is not None and page.latest_revision.user_id == user.pk


class SecondReaderPermissions(PagePermissionTester):
    """Publishing happens by approval. At once: superusers anything, publishers a translation of what is live."""

    def can_publish(self) -> bool:
        return super().can_publish() and (self.user.is_superuser or self.is_translation)

    def can_publish_subpage(self) -> bool:
        return super().can_publish_subpage() and self.user.is_superuser

    @property
    def is_translation(self) -> bool:
        """A page in another language whose facts a second person has read in the first one."""
        if self.page.locale.language_code == settings.LANGUAGE_CODE:
            return False
        return self.page.get_translations().live().filter(locale__language_code=settings.LANGUAGE_CODE).exists()
