/** A colour and what light and shadow make of it. */
export function tones(hex) {
  return { main: hex, light: mix(hex, "#ffffff", 0.2), pale: mix(hex, "#fff6e4", 0.45), dark: mix(hex, "#0e1a1a", 0.28), deep: mix(hex, "#0b1414", 0.55) };
}

export function mix(from, to, part) {
  const channels = (hex) => [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
  const [a, b] = [channels(from), channels(to)];
  return `#${a.map((value, index) => Math.round(value + (b[index] - value) * part).toString(16).padStart(2, "0")).join("")}`;
}

export const stitch = (path, colour = "#fff", opacity = 0.5, width = 2) =>
  `<path fill="none" stroke="${colour}" stroke-opacity="${opacity}" stroke-width="${width}" stroke-dasharray="7 5" stroke-linecap="round" d="${path}"/>`;

export const line = (path, colour, width = 3, more = "") =>
  `<path fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" d="${path}" ${more}/>`;

export const area = (path, fill, opacity) => `<path fill="${fill}"${opacity === undefined ? "" : ` opacity="${opacity}"`} d="${path}"/>`;

/** The soft shadow that puts a thing on the ground. */
export const ground = (x, y, rx, ry = 14) =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="#3a3325" opacity=".14"/><ellipse cx="${x}" cy="${y}" rx="${Math.round(rx * 0.86)}" ry="${Math.round(ry * 0.6)}" fill="#3a3325" opacity=".2"/>`;

/** The same drawing again, mirrored at the middle of the sheet. */
export const mirrored = (drawing) => `${drawing}<g transform="matrix(-1 0 0 1 600 0)">${drawing}</g>`;
