from jobs.models.application import Application, ApplicationEvent, ApplicationNote
from jobs.models.parts import JobTask, PostingDemand, PostingLanguage
from jobs.models.posting import JobPosting
from jobs.models.review import PostingEvent, ReviewComment

__all__ = [
    "Application",
    "ApplicationEvent",
    "ApplicationNote",
    "JobPosting",
    "JobTask",
    "PostingDemand",
    "PostingEvent",
    "PostingLanguage",
    "ReviewComment",
]
