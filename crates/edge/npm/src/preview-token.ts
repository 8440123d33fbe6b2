import { decodeBase64, encodeBase64Url } from "./encoding.js";

/** Why a preview is not shown. */
export type TokenProblem = "forged" | "expired" | "other-site";

/**
 * A token that opens previews of a site until a time, in seconds since 1970: `SITE.EXPIRES.MAC`.
 *
 * `key` is the secret `FOOTLIGHT_PREVIEW_KEY`, base64url.
 */
export async function createPreviewToken(key: string, site: string, expiresSeconds: number): Promise<string> {
  const bytes = decodeBase64(key);
  if (!bytes) throw new TypeError("the preview key is not base64url");
  const expires = String(Math.floor(expiresSeconds));
  const mac = await crypto.subtle.sign("HMAC", await importKey(bytes), message(site, expires));
  return `${site}.${expires}.${encodeBase64Url(new Uint8Array(mac))}`;
}

/** What is wrong with a token; undefined when it opens previews of `site` at `nowMs`. */
export async function tokenProblem(
  key: Uint8Array<ArrayBuffer>,
  site: string,
  token: string,
  nowMs: number,
): Promise<TokenProblem | undefined> {
  // A site's name may contain dots.
  const [, named, expires, mac] = /^(.{1,255})\.(\d{1,15})\.([\w-]{43})$/.exec(token) ?? [];
  const bytes = mac && decodeBase64(mac);
  if (!named || !expires || !bytes) return "forged";
  // The runtime compares in constant time.
  const genuine = await crypto.subtle.verify("HMAC", await importKey(key), bytes, message(named, expires));
  if (!genuine) return "forged";
  if (named !== site) return "other-site";
  return Number(expires) * 1000 <= nowMs ? "expired" : undefined;
}

function importKey(key: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}

function message(site: string, expires: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`footlight preview\n${site}\n${expires}`);
}
