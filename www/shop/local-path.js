/**
 * Where a form may send the visitor back to: an address of this shop, or the fallback. The result never
 * starts with `//`, which a browser would read as another host (`/..//evil.example` resolves to that).
 */
export function localPath(wanted, url, fallback = "/") {
  if (!wanted?.startsWith("/") || !URL.canParse(wanted, url.origin)) return fallback;
  const target = new URL(wanted, url.origin);
  const here = target.origin === url.origin && !target.pathname.startsWith("//");
  return here ? target.pathname + target.search : fallback;
}
