"""A posting as schema.org's JobPosting. What it says is visible on the page; it is left out once the posting closes."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.html import linebreaks

from jobs.postings.enums import Continuity, PayBasis

FULL_TIME_HOURS = 35
UNITS = {PayBasis.TIME: "HOUR", PayBasis.FIXED: "MONTH"}


def job_posting(posting, public_url):
    """The dictionary for a JSON-LD script."""
    texts = [posting.description or posting.easy_text, "\n".join(f"– {task.title}" for task in posting.tasks.all())]
    data = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": posting.title,
        "description": linebreaks("\n\n".join(filter(None, texts)), autoescape=True),
        "datePosted": timezone.localdate(posting.published_at).isoformat(),
        "validThrough": _end_of(posting.application_deadline).isoformat(),
        "employmentType": _employment_types(posting),
        "hiringOrganization": {"@type": "Organization", "name": posting.organisation.name},
        "jobLocation": {"@type": "Place", "address": _address(posting)},
        "identifier": {"@type": "PropertyValue", "name": posting.organisation.name, "value": str(posting.pk)},
        "directApply": True,
        "url": public_url + posting.get_absolute_url(),
        "totalJobOpenings": posting.openings,
    }
    if posting.pay_basis in UNITS and (posting.pay_min or posting.pay_max):
        data["baseSalary"] = _salary(posting)
    return data


def _end_of(day):
    return datetime.combine(day, time(23, 59, 59), tzinfo=timezone.get_current_timezone())


def _employment_types(posting):
    types = ["FULL_TIME" if posting.hours_max >= FULL_TIME_HOURS else "PART_TIME"]
    return types + (["TEMPORARY"] if posting.continuity and posting.continuity != Continuity.PERMANENT else [])


def _address(posting):
    known = {
        "@type": "PostalAddress",
        "streetAddress": posting.street_address,
        "postalCode": posting.postal_code,
        "addressLocality": posting.municipality.name_fi,
        "addressRegion": "Pohjois-Karjala",
        "addressCountry": "FI",
    }
    return {name: value for name, value in known.items() if value}


def _salary(posting):
    low, high = posting.pay_min or posting.pay_max, posting.pay_max or posting.pay_min
    value = {"@type": "QuantitativeValue", "unitText": UNITS[posting.pay_basis]}
    value |= {"value": float(low)} if low == high else {"minValue": float(low), "maxValue": float(high)}
    return {"@type": "MonetaryAmount", "currency": "EUR", "value": value}
