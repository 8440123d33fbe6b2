import { trusted } from "../html.js";

const PATHS = {
  cart: '<path d="M4 8h16l-1.4 11.2a1 1 0 0 1-1 .8H6.400a1 1 0 0 1-1-.8z"/><path d="M8.500 10V6.500a3.500 3.500 0 0 1 7 0V10"/>',
  search: '<circle cx="10.500" cy="10.500" r="6"/><path d="m15 15 5.500 5.500"/>',
  truck: '<path d="M2.500 6.500h11v10h-11zM13.500 10h4l3.500 3.500v3h-7.500z"/><circle cx="7" cy="17.500" r="2"/><circle cx="17" cy="17.500" r="2"/>',
  back: '<path d="M4 9.500h10.500a5 5 0 0 1 0 10H8"/><path d="M8 5 3.500 9.500 8 14"/>',
  needle: '<path d="M20 4 9 15"/><path d="M20 4c-3-1-5 1-4.500 4.500"/><path d="M9 15c-3 3-1.500 5.500-5 5.500 1.500-2-.5-3.500 1.500-6"/>',
  lock: '<path d="M5.500 10.500h13v10h-13z"/><path d="M8.500 10.500V7.500a3.500 3.500 0 0 1 7 0v3"/>',
  leaf: '<path d="M20 4C9 4 4.500 9 5 16.500c7 1.500 14-1.500 15-12.500z"/><path d="M4 21c1-5 4.500-9 9.500-11"/>',
  check: '<path d="m5 12.500 4.500 4.500L19 7.500"/>',
};

/** A decorative line icon; the text beside it carries the meaning. */
export function icon(name) {
  return trusted(
    `<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.600" stroke-linecap="round" stroke-linejoin="round">${PATHS[name]}</svg>`,
  );
}

/** The wordmark, drawn in strokes so that it needs no font. */
export const WORDMARK = trusted(
  '<svg class="wordmark" viewBox="0 0 224 32" width="161" height="23" role="img" aria-label="Firnwald" fill="none" stroke="currentColor" stroke-width="3.800" stroke-linejoin="miter">' +
    '<path d="M1.500 28 15 5l13.500 23M9.500 28 15 18.500l5.500 9.500"/>' +
    '<path d="M44 29V5h12.500M44 17h10.500M66 3v26M77 29V5h7a6.500 6.500 0 0 1 0 13h-7M84.500 18l7.500 11M102 29V8l15 17V3M126 3l6.500 22.500L139.500 6l7 19.500L153 3M159 29l10-24 10 24M162.500 22h13M187 3v24h11M203 5h7a10.900 10.900 0 0 1 0 22h-7z"/>' +
    "</svg>",
);
