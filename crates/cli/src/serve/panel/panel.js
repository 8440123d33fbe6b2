// The panel that `footlight serve` puts into a page: what was decided and why, and the page as somebody else. It stands
// beside the page's body in a shadow tree, over the page, so that neither moves nor styles the other.

import { listen } from "./changes.js";
import { element } from "./elements.js";
import { explanation, summary } from "./explanation.js";
import { keepLinksHere } from "./links.js";
import { somebody } from "./somebody.js";

const HERE = "/.footlight/serve/";
/** Whether the panel stays open from page to page. */
const OPEN = "footlight-open";

const script = document.getElementById("footlight-serve");
const { version, page, shop } = script.dataset;
// The shop's page as the shop wrote it, also for styles that count children.
script.remove();
keepLinksHere(shop);

const host = document.createElement("footlight-panel");
const root = host.attachShadow({ mode: "open" });

const label = element("span", { class: "label" }, "Footlight");
const note = element("span", { class: "note" });
const toggle = element("button", { class: "toggle", type: "button", "aria-expanded": "false", "aria-controls": "panel" }, label, note);
const findings = element("div");
const reasons = element("div");
const panel = element(
  "section",
  { id: "panel", "aria-label": "Footlight: what was decided on this page, and why", hidden: "" },
  findings,
  reasons,
);
const news = element("p", { role: "status", class: "unseen" });
root.append(toggle, panel, news);

toggle.addEventListener("click", () => show(panel.hidden));
root.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || panel.hidden) return;
  show(false);
  toggle.focus();
});

function show(isOpen) {
  panel.hidden = !isOpen;
  toggle.setAttribute("aria-expanded", String(isOpen));
  try {
    sessionStorage.setItem(OPEN, isOpen ? "yes" : "");
  } catch {
    // A browser that keeps nothing forgets this, too.
  }
}

function wasOpen() {
  try {
    return sessionStorage.getItem(OPEN) === "yes";
  } catch {
    return false;
  }
}

/** How the rules are, as `footlight check` says it. */
function tellFindings({ errors = 0, warnings = 0, findings: text = "", isLost = false }) {
  const problem = isLost ? "serve does not answer" : errors > 0 ? count(errors, "error") : "";
  toggle.classList.toggle("broken", problem !== "");
  note.textContent = problem || told;
  news.textContent = problem && `Footlight: ${problem}`;
  if (isLost) {
    findings.replaceChildren(element("p", { class: "broken" }, "`footlight serve` does not answer. Was it stopped?"));
  } else if (text) {
    const title = errors > 0 ? `${count(errors, "error")} in the rules; the last good ones decide` : count(warnings, "warning");
    const report = element("pre", { tabindex: "0", "aria-label": title }, text.trimEnd());
    findings.replaceChildren(
      element("details", { ...(errors > 0 && { open: "", class: "broken" }) }, element("summary", {}, title), report),
    );
  } else {
    findings.replaceChildren();
  }
}

function count(number, what) {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

/** What the button says of the page. */
let told = "";

async function begin() {
  const [style, explained] = await Promise.all([
    fetch(`${HERE}panel.css`).then((response) => response.text()),
    fetch(`${HERE}page/${page}`).then((response) => (response.ok ? response.json() : undefined)),
  ]);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  if (explained) {
    told = summary(explained);
    reasons.replaceChildren(...explanation(explained), somebody(explained));
  } else {
    told = "reload to see why";
    reasons.replaceChildren(element("p", {}, "This page was made too long ago: reload it to see why it is as it is."));
  }
  note.textContent = told;
  show(wasOpen());
  document.documentElement.append(host);
  listen(version, tellFindings);
}

begin();
