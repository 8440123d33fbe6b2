import { readDirectives } from "./cache-control.js";
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

/** Directives for caches that stand between the origin and browsers. */
const FOR_SHARED_CACHES = new Set(["public", "private", "s-maxage", "proxy-revalidate"]);

/**
 * The headers of a page whose body is changed; `read` are the names of the request's headers that rules read.
 *
 * A page for one visitor is kept by nobody. A page for some visitors must not reach others through a cache that knows
 * nothing of what it depends on, so no cache but the visitor's own browser may keep it, and that as long as the origin
 * allowed: for the same visitor it would be the same page again. What can change for a visitor meanwhile is named in
 * `Vary` as far as it shows in headers, above all consent, which is in a cookie: who withdraws it gets another page at
 * once. What does not show, the country, is what it was for as long as the origin lets its own page be old.
 */
export function forChangedPage(headers: Headers, cache: Summary["cache"], read: readonly string[]): void {
  for (const name of OF_THE_BYTES) headers.delete(name);
  if (cache === "static") return;
  for (const name of OF_SHARED_CACHES) headers.delete(name);
  headers.delete("expires");
  if (cache === "private") {
    headers.set("cache-control", "private, no-store");
    return;
  }
  headers.set("cache-control", forBrowsers(headers.get("cache-control")));
  const varies = (headers.get("vary") ?? "").split(",").map((name) => name.trim().toLowerCase());
  headers.set("vary", [...new Set([...varies, ...read])].filter(Boolean).join(", "));
}

function forBrowsers(cacheControl: string | null): string {
  const directives = readDirectives(cacheControl);
  const kept = [...directives].filter(([name]) => !FOR_SHARED_CACHES.has(name));
  const words = kept.map(([name, argument]) => (argument ? `${name}=${argument}` : name));
  // Without a lifetime browsers would invent one.
  if (!directives.has("max-age") && !directives.has("no-store")) words.push("no-cache");
  return [...new Set(["private", ...words])].join(", ");
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
