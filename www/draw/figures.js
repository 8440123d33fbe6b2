/** People and their things, small in the landscape. All stand on 0 0 and are 100 units tall unless said. */

const place = (x, y, height, drawing, turn = 1) =>
  `<g transform="translate(${x} ${y})scale(${((turn * height) / 100).toFixed(3)} ${(height / 100).toFixed(3)})">${drawing}</g>`;

const SKIN = "#d9a27c";

/** Walks to the right, with a pack and a pole. */
export function walker(x, y, height, { jacket = "#b8502a", pack = "#24313f", legs = "#2b3a3a", hat = "#d39a3a", turn = 1 } = {}) {
  return place(x, y, height, `
<path d="M30-47 38-1" stroke="#2a2622" stroke-width="1.800"/>
<path fill="${legs}" d="M-9-46 7-46C9-34 17-24 18-10l5 6-1 4H11l-2-7C7-18 2-25-1-33-4-22-9-15-16-7l3 5-1 2h-9l-3-7C-16-20-10-30-9-46z"/>
<path fill="#1d2322" d="M9-5l13 .5 3 4.500H10zM-26-6-14-5l2 5h-13z"/>
<path fill="${pack}" d="M-9-82c-12-2-19 5-19 16l2 18c1 4 14 5 18 2z"/>
<path fill="${jacket}" d="M-9-84C0-88 8-84 9-76l2 16 15 10-2 5-18-7-1 9-16 1z"/>
<path fill="#0002" d="M-9-84c-4 12-4 28-2 41l7 0c-3-16-3-30-1-42z"/>
<circle cx="3" cy="-91" r="7.500" fill="${SKIN}"/>
<path fill="${hat}" d="M-5-91c-1-7 3-10 8-10s8 3 8 8z"/>`, turn);
}

/** Seen from behind, looking out. */
export function lookout(x, y, height, { jacket = "#b8502a", pack = "#2c4f43", legs = "#2b3338", hat = "#e5ddc9" } = {}) {
  return place(x, y, height, `
<path fill="${legs}" d="M-11-46h22l2 43h-9L0-30-4-3h-9z"/><path fill="#191e1e" d="M-14-4h10l1 4h-12zM4-4h10l1 4H3z"/>
<path fill="${jacket}" d="M-13-83c8-4 18-4 26 0 5 5 7 24 7 36l-6 1-2-12 1 14h-26l1-14-2 12-6-1c0-12 2-31 7-36z"/>
<rect x="-10" y="-82" width="20" height="33" rx="5" fill="${pack}"/><path fill="#0002" d="M-10-64h20v15a5 5 0 0 1-5 5H-5a5 5 0 0 1-5-5z"/>
<circle cy="-91" r="7.500" fill="${SKIN}"/><path fill="${hat}" d="M-8-90c0-8 3-12 8-12s8 4 8 12z"/>`);
}

/** Hooded, walking into the weather to the left. */
export function hooded(x, y, height, jacket = "#e0a53a") {
  return place(x, y, height, `
<path fill="#27332f" d="M-9-44 8-45c0 12 8 22 10 34l5 7-1 4H10l-2-7C5-18 1-26-2-32-5-22-10-15-16-6l2 4-1 2h-10l-2-6C-17-18-9-30-9-44z"/>
<path fill="${jacket}" d="M-8-86c8-6 18-4 21 5 4 12 4 28 3 40l-27 1c-3-14-3-32 3-46z"/>
<path fill="#0002" d="M6-86c8 1 11 20 10 45l-12 .5c5-16 5-32 2-45.500z"/>
<path fill="${jacket}" d="M-11-90c0-9 7-14 14-12s10 10 8 18l-13 6c-6-2-9-6-9-12z"/><path fill="${SKIN}" d="M-11-91c2-4 6-5 9-3 1 5 0 9-3 13-4-2-6-5-6-10z"/>
<path fill="${jacket}" d="M-8-76c-6 8-11 16-15 25l5 3c6-7 12-12 16-18z"/>`);
}

/** Runs to the right. */
export function runner(x, y, height, shirt = "#b8502a") {
  return place(x, y, height, `
<path fill="${SKIN}" d="M-2-46 10-44C17-36 22-30 26-27l-4 16-7 0 2-12C9-28 2-33-4-40zM-2-46c-4 10-8 18-14 23l-19 3 1 6 22-1c8-7 15-16 19-25z"/>
<path fill="#222b2b" d="M-6-52 9-50c5 6 8 10 11 12l-6 9C8-32 4-35 1-38c-3 5-6 9-10 12l-9-7c6-6 10-12 12-19z"/>
<path fill="#1d2322" d="M20-12l13 5-2 5-16-4zM-40-21l4-8 5 8 1 8z"/>
<path fill="${shirt}" d="M0-84c8-1 13 2 14 9L10-48-7-50z"/>
<path fill="${SKIN}" d="M12-80l9 14 13-6 2 4-16 10L7-72zM2-82l-15 13-12-4-2 4 14 8L6-70z"/>
<circle cx="13" cy="-92" r="7.200" fill="${SKIN}"/><path fill="#3a2a20" d="M6-91c-1-7 4-10 9-9 4 1 5 4 5 5-6-1-10 1-14 4z"/>`);
}

/** On the rope, reaching up; the wall is to the right. */
export function climber(x, y, height) {
  return place(x, y, height, `
<path fill="#2b3a3a" d="M-6-40 9-42C14-30 16-24 24-20l-5 9C7-15 3-22 0-30c-1 10-2 18-8 30l-9-2C-12-14-9-26-6-40z"/>
<path fill="#1d2322" d="M-19-4l13 2 2 5h-16zM19-22l9 4-4 9-7-4z"/>
<path fill="#b8502a" d="M-7-78C2-82 10-78 11-70l-1 30H-7z"/>
<path fill="#b8502a" d="M6-76C14-84 18-94 20-106l7 2C26-90 21-74 12-66zM-6-74l-10 12 12 16 5-4-8-11 7-9z"/>
<path fill="#d39a3a" d="M-8-46h19v6H-8z"/><circle cx="1" cy="-88" r="8" fill="${SKIN}"/><path fill="#e8e2d2" d="M-8-89c0-8 5-11 10-11s8 4 8 9z"/>`);
}

/** A dome tent with light inside. Width about 150 units at height 100. */
export function tent(x, y, height, { outer = "#d9772f", inner = "#ffd58a", dark = "#8f4519" } = {}) {
  return place(x, y, height, `
<path fill="${outer}" d="M-84 0C-62-62-30-92 4-92 40-90 68-52 84 0z"/>
<path fill="${dark}" d="M4-92C40-90 68-52 84 0H40C38-40 26-72 4-92z" opacity=".75"/>
<path fill="${inner}" d="M-44 0C-36-44-18-76 4-92-8-58-10-26-8 0z"/><path fill="${dark}" d="M-8 0C-10-26-8-58 4-92 2-60 6-24 12 0z" opacity=".55"/>
<path fill="none" stroke="#fff3" stroke-width="1.500" d="M-84 0C-62-62-30-92 4-92 40-90 68-52 84 0"/>`);
}

/** An alpine hut of wood on stone. Width about 190 units at height 100. */
export function hut(x, y, height, { roof = "#3b2f2f", wall = "#6b4630", lit = "#ffd27a", snow = "" } = {}) {
  return place(x, y, height, `
<path fill="#55504c" d="M-78-22H78V0H-78z"/><path fill="#0003" d="M30-22h48V0H30z"/>
<path fill="${wall}" d="M-78-62H30V-20H-78z"/><path fill="#0002" d="M-78-54H30v2H-78zm0 10H30v2H-78zm0 10H30v2H-78z"/>
<path fill="#54351f" d="M30-20v-42l24-34 24 34v42z"/>
<path fill="${roof}" d="M-92-58-66-98H56L32-58z"/><path fill="#2a2122" d="M56-98 90-52l-6 2-29-40-24 34-4-2z"/>
${snow && `<path fill="${snow}" d="M-90-60-66-98H56l-9 14c-6 6-12 0-18 5s-14 1-20 5-16-1-22 4-16 0-24 4-18 0-24 4z"/>`}
<path fill="#4a4340" d="M-46-116h14v20h-14z"/>
<g fill="${lit}"><path d="M-64-50h18v18h-18zM-34-50h18v18h-18zM46-66h16v16H46z"/></g><path fill="#2d1e14" d="M-4-54h20v34H-4zM-56-50h2v18h-2zm30 0h2v18h-2zM-64-42h18v2h-18zm30 0h18v2h-18zM53-66h2v16h-2zM46-59h16v2H46z"/>`);
}

/** A yellow signpost of the Alps. */
export function signpost(x, y, height) {
  return place(x, y, height, `
<path fill="#5a4433" d="M-2.500-100h5V0h-5z"/><path fill="#0003" d="M.5-100h2V0h-2z"/>
<path fill="#e6b13c" d="M-3-94h42l8 7-8 7H-3zM3-74h-38l-8 6.500 8 6.500H3zM-3-56h34l7 6-7 6H-3z"/>
<path stroke="#3a2c1c" stroke-width="1.800" d="M4-87h24M-30-67.500h24M4-50h18"/><path fill="#b23a22" d="M31-89.500h4v5h-4z"/>`);
}

export function cross(x, y, height) {
  return place(x, y, height, `<path fill="#4b3a2f" d="M-3-100h6v22h20v6H3V0h-6v-72h-20v-6h20z"/><path fill="#0003" d="M1-100h2V0H1z"/>`);
}
