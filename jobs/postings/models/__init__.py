from jobs.postings.models.events import PostingEvent
from jobs.postings.models.parts import JobTask, PostingDemand, PostingLanguage
from jobs.postings.models.posting import JobPosting

__all__ = ["JobPosting", "JobTask", "PostingDemand", "PostingEvent", "PostingLanguage"]
