import { createHmac, timingSafeEqual } from "node:crypto";

import { parseCookie } from "cookie";
import { UAParser } from "ua-parser-js";

/**
 * What a front-end team would write to get from a request to the attributes that its rules are about, with what it would
 * take from npm. It reads what the rules need and nothing else, so no Accept-Language, and it honours the same consent:
 * without it no visitor cookie is looked at.
 */

const KEY = Buffer.alloc(32, 7);
const COOKIE = "visitor";
const DAY_MS = 86_400_000;
const VISIT_GAP_MS = 30 * 60_000;

const DEVICES = { mobile: "phone", tablet: "tablet", undefined: "desktop" };
const BOTS = /bot|crawl|spider|slurp/i;
const CATEGORY = /^\/c\/([^/]+)\/?$/;

/** The attributes of a request, or undefined where nothing is to be decided. */
export function read({ url, cf, headers }, nowMs) {
  const { pathname, searchParams } = new URL(url);
  const category = CATEGORY.exec(pathname)?.[1];
  const agent = headers.get("user-agent") ?? "";
  if (category === undefined || BOTS.test(agent)) return undefined;
  const cookies = parseCookie(headers.get("cookie") ?? "");
  const consents = cookies.consent === "all" && headers.get("sec-gpc") !== "1";
  const visits = consents ? visitsOf(cookies[COOKIE], nowMs) : undefined;
  return {
    country: /^[A-Z]{2}$/.test(cf.country) && cf.country !== "XX" ? cf.country : undefined,
    category: decodeURIComponent(category),
    campaign: searchParams.get("utm_campaign") ?? undefined,
    medium: searchParams.get("utm_medium") ?? undefined,
    device: DEVICES[new UAParser(agent).getDevice().type] ?? "other",
    purpose: searchParams.get("for") ?? undefined,
    visits,
    visitor: visits === undefined ? undefined : visits > 1 ? "returning" : "new",
    tier: consents ? cookies.tier : undefined,
    cart: consents && cookies.cart_value !== undefined ? Number(cookies.cart_value) : undefined,
  };
}

/** Which visit this is, by the signed cookie; the first when there is none, or one that somebody else made. */
function visitsOf(cookie, nowMs) {
  const [payload = "", signature = ""] = (cookie ?? "").split(".");
  const expected = sign(payload);
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 1;
  const { visits, seen } = JSON.parse(Buffer.from(payload, "base64url").toString());
  return nowMs - seen > VISIT_GAP_MS ? visits + 1 : visits;
}

const sign = (payload) => createHmac("sha256", KEY).update(payload).digest();

/** The visitor's cookie as the visit before left it, as `name=value`; none at the first visit. */
export function visitorCookie({ visits }, nowMs) {
  if (visits === undefined || visits < 2) return undefined;
  const visitor = { id: "5f0c6e1d9b3a4f7788a1c2d3e4f50617", visits: visits - 1, seen: nowMs - DAY_MS };
  const payload = Buffer.from(JSON.stringify(visitor)).toString("base64url");
  return `${COOKIE}=${payload}.${sign(payload).toString("base64url")}`;
}
