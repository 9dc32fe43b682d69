from jobs.postings.actions.editing import edit
from jobs.postings.actions.errors import DeadlineNotValid, IdentityCodeFound, PostingIncomplete
from jobs.postings.actions.postings import (
    archive,
    confirm,
    copy,
    create,
    expire,
    extend,
    fill,
    reopen,
    submit,
    take_back,
    withdraw,
)
from jobs.postings.actions.scheduled import expire_postings, remind_stale
from portal.furniture.edits import ChangedMeanwhile
from portal.states import TooLate, TransitionNotAllowed

__all__ = [
    "ChangedMeanwhile",
    "DeadlineNotValid",
    "IdentityCodeFound",
    "PostingIncomplete",
    "TooLate",
    "TransitionNotAllowed",
    "archive",
    "confirm",
    "copy",
    "create",
    "edit",
    "expire",
    "expire_postings",
    "extend",
    "fill",
    "remind_stale",
    "reopen",
    "submit",
    "take_back",
    "withdraw",
]
