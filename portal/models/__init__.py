from portal.models.attempts import AttemptCounter
from portal.models.daily_count import DailyCount
from portal.models.erasure import Erasure
from portal.models.mail import MailSecrets, OutgoingMail
from portal.models.pages import (
    AccessibilityStatementPage,
    BasePage,
    HomePage,
    InformationPage,
    PrivacyNoticePage,
)
from portal.models.site_settings import PortalSettings
from portal.models.timed_work import TimedWork

__all__ = [
    "AccessibilityStatementPage",
    "AttemptCounter",
    "BasePage",
    "DailyCount",
    "Erasure",
    "HomePage",
    "InformationPage",
    "MailSecrets",
    "OutgoingMail",
    "PortalSettings",
    "PrivacyNoticePage",
    "TimedWork",
]
