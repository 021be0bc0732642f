# docker build -t enrich . && docker run --rm -v "$PWD:/catalogue" enrich check
FROM python:3.13-slim AS build
WORKDIR /src
COPY action/requirements.txt ./
RUN python -m venv /opt/enrich \
 && /opt/enrich/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements.txt
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY enrich enrich
RUN /opt/enrich/bin/pip install --no-cache-dir --no-deps .

FROM python:3.13-slim
# Not a version of git: a pinned one is gone from the archive with its next security update.
# hadolint ignore=DL3008
RUN apt-get update -qq \
 && apt-get install -qq -y --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/* \
 && git config --system --add safe.directory '*' \
 && useradd --create-home --uid 10001 enrich
COPY --from=build /opt/enrich /opt/enrich
ENV PATH=/opt/enrich/bin:$PATH PYTHONUNBUFFERED=1
USER 10001
WORKDIR /catalogue
ENTRYPOINT ["enrich"]
CMD ["--help"]
