import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";

/** What can become of a bucket, each a function of request and response. */
const TROUBLES = {
  "answers 500": (_, response) => response.writeHead(500).end("<h1>Internal Server Error</h1>"),
  "answers 403": (_, response) => response.writeHead(403).end("<Error><Code>AccessDenied</Code></Error>"),
  "answers garbage": (_, response) => response.writeHead(200, { etag: '"garbage"' }).end("<!doctype html><title>Maintenance</title>"),
  "answers without an end": async (_, response) => {
    response.writeHead(200);
    while (!response.destroyed) {
      response.write("x".repeat(10_000));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  },
  "breaks off": (_, response) => {
    response.writeHead(200, { "content-length": "500" }).write('{"payloadType":');
    setTimeout(() => response.destroy(), 20);
  },
  "resets the connection": (request) => request.socket.resetAndDestroy(),
  hangs: () => {},
  trickles: async (_, response) => {
    response.writeHead(200).flushHeaders();
    for (const character of " ".repeat(1_000)) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (response.destroyed) return;
      response.write(character);
    }
  },
};

/**
 * A web server with ETags, such as a bucket of an S3-compatible store is, that tests can bring into trouble. It has what is
 * put into it, or what is in a directory.
 */
export async function startBucket(directory) {
  const files = new Map();
  const read = (key) => {
    if (!directory) return files.get(key);
    return existsSync(`${directory}/${key}`) ? readFileSync(`${directory}/${key}`) : undefined;
  };
  /** What was asked for and how it was answered, as in `/live.json 304`. */
  const log = [];
  const bucket = { trouble: undefined };
  const server = createServer((request, response) => {
    response.on("close", () => log.push(`${request.url} ${response.statusCode}`));
    if (bucket.trouble) return TROUBLES[bucket.trouble](request, response);
    const bytes = read(request.url.replace(/^\/shop\//, ""));
    if (!bytes) return response.writeHead(404).end("<Error><Code>NoSuchKey</Code></Error>");
    const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
    if (request.headers["if-none-match"] === etag) return response.writeHead(304, { etag }).end();
    response.writeHead(200, { etag, "content-length": bytes.length }).end(bytes);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(bucket, {
    url: `http://127.0.0.1:${server.address().port}/shop`,
    log,
    put: (key, bytes) => void files.set(key, Buffer.from(bytes)),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  });
}
