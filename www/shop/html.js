/** HTML that is already safe. Only {@link html} and {@link trusted} make it. */
class Html {
  constructor(text) {
    this.text = text;
  }
  toString() {
    return this.text;
  }
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Escapes text for element content and quoted attribute values alike. */
export function escape(text) {
  return String(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/**
 * Tagged template: every value is escaped unless it is itself {@link Html}; arrays are joined;
 * `null`, `undefined` and `false` leave nothing behind. Attribute values must stand in double quotes.
 */
export function html(strings, ...values) {
  let text = strings[0];
  values.forEach((value, index) => {
    text += render(value) + strings[index + 1];
  });
  return new Html(text);
}

/** Marks the shop's own constant markup (icons, drawings) as safe. Never call it with input. */
export function trusted(text) {
  return new Html(text);
}

/** A JSON data block; `<` is escaped so that no value can close the script element. */
export function jsonLd(value) {
  const json = JSON.stringify(value).replace(/</g, "\\u003c");
  return new Html(`<script type="application/ld+json">${json}</script>`);
}

function render(value) {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(render).join("");
  return escape(value);
}
