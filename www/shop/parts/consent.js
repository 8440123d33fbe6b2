import { html } from "../html.js";

export const CONSENT_CHOICES = ["all", "analytics", "essential"];

/** A plain form with three equal choices; it is gone as soon as one of them is stored. */
export function consentBanner(url) {
  return html`<section class="consent" aria-labelledby="consent-title"><form class="wrap" method="post" action="/consent">
<div><h2 id="consent-title">Your choice about cookies</h2>
<p>Essential cookies keep your cart. With your consent we also count visits, and remember what you like so that pages fit you. <a href="/privacy">Privacy</a></p></div>
<input type="hidden" name="return" value="${url.pathname}${url.search}">
<div class="consent-choices">
<button name="choice" value="all">Accept all</button>
<button name="choice" value="analytics">Statistics only</button>
<button name="choice" value="essential">Essential only</button>
</div></form></section>`;
}
