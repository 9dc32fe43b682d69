"""Our own apps, lowest floor first. The set-up, the tests and the checks read this list too, so it imports nothing."""

OUR_APPS = [
    "accounts",
    "portal",
    "search",
    "organisations",
    "guides",
    "jobs.postings",
    "jobs.review",
    "jobs.discovery",
    "jobs.applications",
]
