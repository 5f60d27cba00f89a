# syntax=docker/dockerfile:1

FROM python:3.13-slim-trixie AS build
SHELL ["/bin/sh", "-eu", "-c"]
ENV PIP_CACHE_DIR=/cache/pip \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_INPUT=1
WORKDIR /source

# The environment of the service holds no pip: the one of the build installs into it from outside.
RUN python -m venv /opt/build && python -m venv --without-pip /opt/twitchbot
COPY requirements.txt requirements-build.txt ./
RUN --mount=type=cache,target=/cache/pip \
    /opt/build/bin/pip install --require-hashes --requirement requirements-build.txt \
    && /opt/build/bin/pip --python /opt/twitchbot/bin/python install --require-hashes --requirement requirements.txt

COPY pyproject.toml README.md LICENSE ./
COPY internal internal
COPY migrations migrations
RUN /opt/build/bin/hatchling build --target wheel \
    && /opt/build/bin/pip --python /opt/twitchbot/bin/python install --no-index --no-deps dist/*.whl


FROM python:3.13-slim-trixie
LABEL org.opencontainers.image.title="twitchbot" \
      org.opencontainers.image.description="Twitch chat logger and bot with a gRPC API" \
      org.opencontainers.image.licenses="MIT"

RUN groupadd --gid 10001 twitchbot \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin twitchbot \
    && install --directory --owner 10001 --group 10001 --mode 0700 /data
COPY --from=build /opt/twitchbot /opt/twitchbot

# Inside a container the network in front of it decides who may connect.
ENV PATH=/opt/twitchbot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    DATA_DIR=/data
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8083 9093
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["twitchbot", "health"]
ENTRYPOINT ["twitchbot"]
CMD ["serve"]
