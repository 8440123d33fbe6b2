import { type Directives, readDirectives, secondsOf } from "./cache-control.js";

/** Caching instructions to caches such as this one, which go before `Cache-Control` (RFC 9213). */
const TARGETED = ["cloudflare-cdn-cache-control", "cdn-cache-control"];

/** A year: RFC 9111 advises against more. */
const MOST_SECONDS = 31_536_000;

/** Whether the answer to a request may come from a cache, or go into it. */
export function mayBeShared({ headers }: Request): boolean {
  // What the origin says to one who has logged in, or a part of a page, is nothing for others.
  return !headers.has("authorization") && !headers.has("range");
}

/**
 * For how many more seconds a page of the origin may be given to other visitors too; 0 for not at all.
 *
 * The origin has to say so itself, with a lifetime. Whatever is in doubt is not kept: a page that sets a cookie, or one
 * that varies with anything but the coding, which is undone before a page is kept.
 */
export function storableSeconds(request: Request, { headers }: Response): number {
  if (request.method !== "GET" || !mayBeShared(request)) return 0;
  // `Surrogate-Control` speaks to caches such as this one too, in a language that nobody has written down.
  if (headers.has("set-cookie") || headers.has("surrogate-control")) return 0;
  const varies = (headers.get("vary") ?? "").toLowerCase().split(",").map((name) => name.trim());
  if (varies.some((name) => name && name !== "accept-encoding")) return 0;
  const targeted = TARGETED.find((name) => headers.has(name));
  const lifetime = lifetimeSeconds(readDirectives(headers.get(targeted ?? "cache-control")));
  return Math.max(0, Math.min(lifetime, MOST_SECONDS) - ageSeconds(headers));
}

/** How old the page was when it came. */
export function ageSeconds(headers: Headers): number {
  const age = headers.get("age");
  if (age === null) return 0;
  return /^\d{1,10}$/.test(age) ? Number(age) : MOST_SECONDS;
}

function lifetimeSeconds(directives: Directives): number {
  if (["no-store", "no-cache", "private"].some((name) => directives.has(name))) return 0;
  return secondsOf(directives, "s-maxage") ?? secondsOf(directives, "max-age") ?? 0;
}
