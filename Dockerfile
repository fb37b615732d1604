FROM python:3.13-slim AS build
WORKDIR /srv
# requirements-traces.txt: with what PARITY_TRACES needs
ARG REQUIREMENTS=requirements.txt
COPY requirements.txt requirements-traces.txt ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r "$REQUIREMENTS"
COPY pyproject.toml README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE LICENSE-DATA ./
COPY service service
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation --no-index -e .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home parity
WORKDIR /srv
COPY --from=build /venv /venv
COPY --from=build /srv /srv
COPY migrations migrations
COPY openapi openapi
COPY docs docs
USER parity
ENV PATH=/venv/bin:$PATH HOST=0.0.0.0 PORT=8000
EXPOSE 8000
CMD ["parity", "serve"]
