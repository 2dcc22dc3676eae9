# Build:  docker build -t comity .
# Run:    docs/deploying.md

FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/comity
WORKDIR /src
# What changes least comes first, so that a change of code rebuilds only the last step.
COPY requirements/ requirements/
RUN /opt/comity/bin/pip install --require-hashes -r requirements/run.txt \
    && python -m venv /opt/builder \
    && /opt/builder/bin/pip install --require-hashes -r requirements/build.txt
COPY . .
RUN /opt/builder/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /tmp/dist . \
    && /opt/comity/bin/pip install --no-deps --no-index /tmp/dist/*.whl

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin comity \
    && install --directory --owner=comity --group=comity /data
COPY --from=build /opt/comity /opt/comity
ENV PATH=/opt/comity/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    COMITY_DATABASE_URL=sqlite+aiosqlite:////data/comity.db
USER comity
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s --retries=3 CMD ["comity", "healthcheck"]
CMD ["comity", "run"]
