# The service, without the embedded database: name a PostgreSQL in STACKWAY_DATABASE_URL and run
# `stackway db upgrade` as its owner before the first start.

FROM python:3.13-slim AS build
WORKDIR /source
RUN python -m venv /opt/stackway
COPY requirements-service.lock .
RUN /opt/stackway/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements-service.lock
COPY pyproject.toml README.md ./
COPY app app
COPY matching matching
COPY migrations migrations
COPY taxonomy taxonomy
RUN /opt/stackway/bin/pip install --no-cache-dir --no-deps .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/stackway stackway
COPY --from=build /opt/stackway /opt/stackway
ENV PATH=/opt/stackway/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    STACKWAY_HOST=0.0.0.0 \
    STACKWAY_PORT=8000 \
    STACKWAY_DATA_DIR=/var/lib/stackway/data
USER stackway
WORKDIR /var/lib/stackway
VOLUME /var/lib/stackway/data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/livez', timeout=2)"]
CMD ["stackway", "serve"]
