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
  '<svg class="wordmark" viewBox="0 0 214 32" width="150" height="22" role="img" aria-label="Firnwald" fill="none" stroke="currentColor" stroke-width="4">' +
    '<path stroke-width="3.400" stroke-linejoin="miter" d="M2 28 15 5l13 23M9.500 28 15 18l5.500 10"/>' +
    '<path d="M42 30V4h15M42 16.500h12M66 2v28M77 30V4h8a6.700 6.700 0 0 1 0 13.400h-8M86 17l9 13M105 30V6l17 20V2M131 3l7.500 24L147 6l8.500 21L163 3M169 30l10-26 10 26M173 21.500h12M198 2v26h0"/>' +
    "</svg>",
);
