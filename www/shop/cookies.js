/** Cookies as browsers send them: the first of a name wins, bad percent escapes stay as they are. */
export function readCookies(header) {
  const cookies = new Map();
  for (const pair of (header ?? "").slice(0, 16_384).split(";")) {
    const equals = pair.indexOf("=");
    if (equals < 1) continue;
    const name = pair.slice(0, equals).trim();
    if (!cookies.has(name)) cookies.set(name, unquote(pair.slice(equals + 1).trim()));
  }
  return cookies;
}

/** One `Set-Cookie` value. `secure` follows the scheme of the request, so that plain localhost works. */
export function setCookie(name, value, { maxAgeSeconds, secure, readable = false }) {
  const flags = ["Path=/", `Max-Age=${maxAgeSeconds}`, "SameSite=Lax"];
  if (secure) flags.push("Secure");
  if (!readable) flags.push("HttpOnly");
  return [`${name}=${value}`, ...flags].join("; ");
}

function unquote(value) {
  const bare = value.startsWith('"') && value.endsWith('"') && value.length > 1 ? value.slice(1, -1) : value;
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}
