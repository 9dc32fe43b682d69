# The site in one picture; compose.yaml starts it three times, with the commands of deploy/processes.toml.
FROM python:3.12-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends libvoikko1 voikko-fi postgresql-client \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --create-home site && mkdir -p /srv/media /srv/static && chown site:site /srv/media /srv/static
WORKDIR /srv/site
COPY requirements/base.txt requirements/
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/base.txt && touch .venv/installed
COPY . .
ENV DJANGO_SETTINGS_MODULE=portal.settings.base \
  MEDIA_ROOT=/srv/media \
  STATIC_ROOT=/srv/static \
  TRUSTED_PROXIES=1 \
  BIND=0.0.0.0 \
  PORT=8000
RUN .venv/bin/python bin/build_fonts.py && .venv/bin/python bin/compile_catalogues.py \
  && SECRET_KEY=unused-at-build ALLOWED_HOSTS=localhost .venv/bin/python manage.py collectstatic --noinput --verbosity=0 \
  && chown -R site:site /srv/static
USER site
EXPOSE 8000
CMD ["bin/serve"]
