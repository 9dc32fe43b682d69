"""The addresses of the family, each app's own together under one namespace. What is not installed has none."""

from django.apps import apps
from django.urls import include, path

app_name = "jobs"
# In this order: an address with a fixed word must be tried before the one with any word.
FAMILY = ["discovery", "applications", "review", "postings"]

urlpatterns = [path("", include(f"jobs.{name}.urls")) for name in FAMILY if apps.is_installed(f"jobs.{name}")]
