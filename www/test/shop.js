import { handle } from "../shop/index.js";

const ORIGIN = "https://shop.example";

/** A visitor of the shop: keeps cookies as a browser would, and never follows redirects by itself. */
export class Visitor {
  constructor(cookies = {}) {
    this.cookies = new Map(Object.entries(cookies));
  }

  get(path, headers = {}) {
    return this.send(new Request(ORIGIN + path, { headers: { ...this.header(), ...headers } }));
  }

  post(path, fields, headers = {}) {
    const body = new URLSearchParams(fields);
    return this.send(new Request(ORIGIN + path, { method: "POST", body, headers: { ...this.header(), ...headers } }));
  }

  async send(request) {
    const response = await handle(request);
    for (const cookie of response.headers.getSetCookie()) {
      const [pair, ...flags] = cookie.split("; ");
      const [name, value] = pair.split("=");
      if (flags.includes("Max-Age=0")) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  header() {
    return this.cookies.size ? { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") } : {};
  }
}

export async function textOf(path, cookies) {
  return (await new Visitor(cookies).get(path)).text();
}

/** How often each slot is marked up in a page. */
export function slotsIn(text) {
  const counts = {};
  for (const [, name] of text.matchAll(/data-footlight-slot="([a-z-]+)"/g)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
