/** Links and forms that name the shop's own address stay in the preview. */
export function keepLinksHere(shop) {
  if (!shop) return;
  const local = (url) => `${location.origin}${url.slice(shop.length)}`;
  const isShops = (url) => url === shop || url?.startsWith(`${shop}/`);
  document.addEventListener(
    "click",
    (event) => {
      const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
      if (link && isShops(link.href)) link.href = local(link.href);
    },
    true,
  );
  document.addEventListener(
    "submit",
    ({ target }) => {
      if (isShops(target.action)) target.action = local(target.action);
    },
    true,
  );
}
