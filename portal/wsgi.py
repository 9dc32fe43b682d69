import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")

application = get_wsgi_application()

from portal.schedule.warming import warm_up  # noqa: E402 — apps exist only now

warm_up()
