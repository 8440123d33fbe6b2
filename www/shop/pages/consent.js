import { setCookie } from "../cookies.js";
import { localPath } from "../local-path.js";
import { CONSENT_CHOICES } from "../parts/consent.js";

const HALF_YEAR = 180 * 24 * 3600;

/** Stores the visitor's choice; an unknown choice stores nothing and so asks again. */
export function storeConsent({ form, url, secure }) {
  const choice = form.get("choice");
  const cookies = CONSENT_CHOICES.includes(choice)
    ? [setCookie("shop_consent", choice, { maxAgeSeconds: HALF_YEAR, secure, readable: true })]
    : [];
  return { redirect: localPath(form.get("return"), url), cookies };
}
