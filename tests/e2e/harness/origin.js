import { once } from "node:events";
import { createServer } from "node:http";

/** A real HTTP server that answers each path as `pages` says: a function of request and response, by pathname. */
export async function startOrigin(pages) {
  const requests = [];
  const server = createServer({ maxHeaderSize: 1 << 20 }, (request, response) => {
    const { pathname } = new URL(request.url, "http://origin");
    requests.push({ method: request.method, url: request.url, headers: request.headers });
    const page = pages[pathname];
    if (page) page(request, response);
    else response.writeHead(404).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Answers with one body. */
export function body(content, headers = {}, status = 200) {
  return (request, response) => {
    response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers });
    response.end(request.method === "HEAD" ? undefined : content);
  };
}

/** Answers with several pieces, each after its delay in milliseconds. */
export function pieces(list, headers = {}) {
  return async (_request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers });
    response.flushHeaders();
    for (const [delay, content] of list) {
      await new Promise((resolve) => setTimeout(resolve, delay));
      response.write(content);
    }
    response.end();
  };
}
