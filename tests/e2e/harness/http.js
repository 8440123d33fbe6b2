import http from "node:http";

/**
 * One request by Node's own client, which neither follows, decodes nor hides anything. `encoding` is identity unless the
 * headers say otherwise, so that nothing on the way gathers chunks to compress them.
 */
export function get(url, { headers = {}, method = "GET", body } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers: { "accept-encoding": "identity", ...headers }, agent: false });
    request.on("error", reject);
    request.on("response", async (response) => {
      const chunks = [];
      let failed;
      try {
        for await (const chunk of response) chunks.push(chunk);
      } catch (error) {
        failed = error;
      }
      const bytes = Buffer.concat(chunks);
      resolve({ status: response.statusCode, headers: response.headers, bytes, text: bytes.toString(), failed });
    });
    request.end(body);
  });
}

/** Opens a request and hands over the response as it comes. */
export function open(url, headers = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { headers: { "accept-encoding": "identity", ...headers }, agent: false });
    request.on("error", reject);
    request.on("response", (response) => resolve({ request, response }));
    request.end();
  });
}
