/** Ask for a page only if it is another one than the browser has (RFC 9110, section 13.1). */
const CONDITIONS = ["if-none-match", "if-modified-since"];

export function isConditional({ headers }: Request): boolean {
  return CONDITIONS.some((name) => headers.has(name));
}

/**
 * The request without conditions. The origin knows whether its own page has changed; whether this visitor still gets
 * what the browser has, it does not know, and would leave a visitor for whom rules apply now with the page of before.
 */
export function unconditional(request: Request): Request {
  if (!isConditional(request)) return request;
  const headers = new Headers(request.headers);
  for (const name of CONDITIONS) headers.delete(name);
  return new Request(request, { headers });
}

/** Whether a browser has the page that is named `etag`, by the weak comparison. */
export function isKnown({ headers }: Request, etag: string | null): boolean {
  const known = headers.get("if-none-match");
  if (known === null || etag === null) return false;
  if (known.trim() === "*") return true;
  return (known.match(/"[^"]*"/g) ?? []).some((one) => etag.endsWith(one));
}
