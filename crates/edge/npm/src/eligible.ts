/** Content codings that the runtime undoes when a body is read, and redoes when it is sent. */
const KNOWN_CODINGS = new Set(["", "identity", "gzip", "br"]);

/** Whether a request can be answered by a page at all. */
export function canBePage({ method }: Request): boolean {
  return method === "GET" || method === "HEAD";
}

/** Whether a response is a whole HTML page that may be changed. Everything else goes on as it came. */
export function isPage(request: Request, response: Response): boolean {
  if (!canBePage(request)) return false;
  if (response.status !== 200) return false;
  const { headers } = response;
  const [type = ""] = (headers.get("content-type") ?? "").split(";", 1);
  if (type.trim().toLowerCase() !== "text/html") return false;
  if (headers.has("content-range")) return false;
  if (!KNOWN_CODINGS.has((headers.get("content-encoding") ?? "").trim().toLowerCase())) return false;
  // RFC 9111, section 5.2.2.6
  return !/(?:^|,)\s*no-transform\s*(?:,|$)/i.test(headers.get("cache-control") ?? "");
}
