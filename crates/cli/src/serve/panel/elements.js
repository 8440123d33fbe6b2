/** An element with attributes and what is in it. Texts are texts, whatever stands in them. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children.filter((child) => child !== undefined && child !== ""));
  return made;
}

/** A list, or nothing when there is nothing to list. */
export function list(items, attributes = {}) {
  if (items.length === 0) return undefined;
  return element("ul", attributes, ...items.map((item) => element("li", {}, ...[item].flat())));
}
