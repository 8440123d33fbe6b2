import { element } from "./elements.js";

/** The visitor to pretend from page to page, in the words of the edge's previews: `country:CH,device:phone`. */
const COOKIE = "footlight-as";
const LABELS = { utm_source: "Campaign source", utm_medium: "Campaign medium", utm_campaign: "Campaign" };
const CAMPAIGN = Object.keys(LABELS);

/** A form to see the page as somebody else. */
export function somebody({ other = "" }) {
  const now = new Map(other.split(",").filter(Boolean).map((part) => [part.slice(0, part.indexOf(":")), part.slice(part.indexOf(":") + 1)]));
  const query = new URLSearchParams(location.search);
  const form = element(
    "form",
    {},
    element("h3", { id: "somebody" }, "See it as somebody else"),
    element("p", { class: "quiet" }, "Somebody else has no past but what is chosen here, and nothing is remembered of them."),
    field("country", "Country", text({ maxlength: "2", placeholder: "CH", autocapitalize: "characters" }), now),
    field("language", "Language", text({ placeholder: "de-CH" }), now),
    field("device", "Device", choice({ "": "as it is", phone: "phone", tablet: "tablet", desktop: "desktop", bot: "bot" }), now),
    field("returning", "Visitor", choice({ "": "new", true: "returning, after a week" }), now),
    field("consent", "Consent", choice({ "": "to everything", false: "to nothing" }), now),
    field("at", "Time", element("input", { type: "datetime-local" }), now),
    field("rule", "Rule that wins", text({ placeholder: "as it comes" }), now),
    field("variant", "Variant", text({ placeholder: "the first that changes something" }), now),
    ...CAMPAIGN.map((name) => field(name, LABELS[name], text({}), query)),
    element(
      "p",
      { class: "buttons" },
      element("button", { type: "submit" }, "See it"),
      other ? element("button", { type: "button", name: "myself" }, "Be myself again") : undefined,
    ),
  );
  form.setAttribute("aria-labelledby", "somebody");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(description(form), campaign(form));
  });
  form.querySelector('[name="myself"]')?.addEventListener("click", () => go("", campaign(form)));
  return form;
}

function field(name, label, control, values) {
  control.id = control.name = name;
  const value = values.get(name) ?? "";
  control.value = name === "at" && value ? localTime(value) : value;
  return element("p", { class: "field" }, element("label", { for: name }, label), control);
}

function text(attributes) {
  return element("input", { type: "text", autocomplete: "off", spellcheck: "false", ...attributes });
}

function choice(options) {
  return element("select", {}, ...Object.entries(options).map(([value, label]) => element("option", { value }, label)));
}

/** Commas separate parts, so that a value has none but in a language, where another separator means the same. */
function description(form) {
  const value = (name) => form.elements.namedItem(name).value.trim();
  const at = value("at");
  const parts = {
    country: value("country").toUpperCase(),
    language: value("language").split(",")[0],
    device: value("device"),
    returning: value("returning"),
    consent: value("consent"),
    at: at && new Date(at).toISOString(),
    rule: value("rule"),
    variant: value("variant"),
  };
  return Object.entries(parts).flatMap(([key, part]) => (part ? [`${key}:${part}`] : [])).join(",");
}

function campaign(form) {
  return CAMPAIGN.map((name) => [name, form.elements.namedItem(name).value.trim()]);
}

/** Loads the page again, as the description says. */
function go(description, parameters) {
  const age = description ? "" : "; max-age=0";
  document.cookie = `${COOKIE}=${encodeURIComponent(description)}; path=/; samesite=lax${age}`;
  const url = new URL(location.href);
  url.searchParams.delete(COOKIE);
  for (const [name, value] of parameters) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  history.replaceState(history.state, "", url);
  location.reload();
}

/** A point in time as `datetime-local` takes it. */
function localTime(text) {
  const at = new Date(text);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
