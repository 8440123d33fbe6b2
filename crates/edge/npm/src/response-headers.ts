import type { Summary } from "./summary.js";

/** Say things about the origin's bytes that do not hold for changed ones. */
const OF_THE_BYTES = [
  "content-length",
  "etag",
  "last-modified",
  "accept-ranges",
  "content-md5",
  "digest",
  "content-digest",
  "repr-digest",
];

/** Caching instructions to caches in front of browsers. */
const OF_SHARED_CACHES = ["cdn-cache-control", "cloudflare-cdn-cache-control", "surrogate-control"];

/** The headers of a page whose body is changed. */
export function forChangedPage(headers: Headers, cache: Summary["cache"]): void {
  for (const name of OF_THE_BYTES) headers.delete(name);
  if (cache === "static") return;
  for (const name of OF_SHARED_CACHES) headers.delete(name);
  headers.delete("expires");
  // A page for some visitors must not reach others through a cache that knows nothing of what it depends on.
  headers.set("cache-control", cache === "private" ? "private, no-store" : "private, no-cache");
}

/** Adds Footlight's cookie; the response is at least private then. */
export function addCookie(headers: Headers, cookie: string): void {
  headers.append("set-cookie", cookie);
  for (const name of OF_SHARED_CACHES) headers.delete(name);
  const directives = (headers.get("cache-control") ?? "").split(",").map((directive) => directive.trim());
  const kept = directives.filter((directive) => directive && !/^(?:public|private|s-maxage\b.*)$/i.test(directive));
  headers.set("cache-control", ["private", ...kept].join(", "));
}

/** A preview is for the one who asked, and not for search engines. */
export function forPreview(headers: Headers): void {
  headers.set("cache-control", "private, no-store");
  headers.set("x-robots-tag", "noindex");
}
