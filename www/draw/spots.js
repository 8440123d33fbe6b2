import { DRAWN } from "./products/index.js";
import { BACKDROPS } from "./products/backdrops.js";
import { signpost, lookout } from "./figures.js";
import { area, line, tones } from "./tone.js";
import { fog, FIRS, firs, gradient, hill, range } from "./shapes.js";

/** The pictures that are neither stage nor article. */
export const SPOTS = {
  workshop: { width: 720, height: 480, drawing: workshop },
  lost: { width: 480, height: 360, drawing: lost },
  icon: { width: 64, height: 64, drawing: icon },
};

function workshop() {
  const boot = DRAWN["kammweg-mid"].draw(tones("#8a5a3a"));
  return `<defs><radialGradient id="lamp" cx=".5" cy="0" r="1"><stop offset="0" stop-color="#ffe2a6" stop-opacity=".85"/><stop offset="1" stop-color="#ffe2a6" stop-opacity="0"/></radialGradient></defs>
<path fill="#3b2c22" d="M0 0h720v480H0z"/>${Array.from({ length: 10 }, (_, index) => `<path fill="${index % 2 ? "#43332734" : "#35281f"}" d="M${index * 74} 0h71v360h-71z"/>`).join("")}
<path fill="#241a13" d="M40 96h640v10H40z"/>${[90, 150, 205].map((x, index) => `${line(`M${x} 104v20`, "#8c8272", 3)}${area(`M${x - 7} 124h14v${60 + index * 14}h-14z`, ["#a8743f", "#b8502a", "#8d6a45"][index])}${area(`M${x - 4} ${184 + index * 14}h8l-2 40h-4z`, "#b9bfbf")}`).join("")}
${[520, 580, 636].map((x, index) => `<circle cx="${x}" cy="${140 + (index % 2) * 6}" r="24" fill="${["#b8502a", "#2c4f43", "#d39a3a"][index]}"/><circle cx="${x}" cy="${140 + (index % 2) * 6}" r="8" fill="#241a13"/>${line(`M${x} 104v14`, "#8c8272", 3)}`).join("")}
${line("M360 0V40", "#1b130d", 4)}${area("M300 78C304 48 330 38 360 38S416 48 420 78z", "#2c4f43")}<ellipse cx="360" cy="79" rx="60" ry="8" fill="#ffe9b8"/><path fill="url(#lamp)" d="M300 80 60 400h600L420 80z"/>
<path fill="#8b5e38" d="M0 356h720v26H0z"/><path fill="#6b4527" d="M0 382h720v98H0z"/>${line("M30 368q140-6 260 0M380 370q140-6 300 0M60 420q120-8 280 0M420 440q120-6 240 0", "#563519", 3, 'opacity=".7"')}
<g transform="translate(196 80)scale(.6)">${boot}</g>
${line("M520 362l70-84", "#d8d2c2", 5)}${area("M584 286l30-36 14 12-30 36z", "#a8743f")}${line("M140 360c-30-20-70 6-50 22s60-4 40-24-40-20-60-6", "#e9dfc6", 4)}${area("M600 340h84v18h-84zM612 326h60v14h-60z", "#241a13")}${area("M600 340h84v6h-84z", "#3f3129")}`;
}

function lost() {
  return `<defs>${FIRS}${gradient("sky", [[0, "#a9c6c9"], [0.8, "#f3e6cb"]])}${gradient("fog", [[0, "#f3ead4", 0], [0.5, "#f3ead4", 0.95], [1, "#f3ead4", 0]])}</defs><path fill="url(#sky)" d="M0 0h480v360H0z"/>
${range({ points: [[-60, 230], [60, 130], [150, 190], [270, 90], [380, 200], [450, 150], [560, 230]], fill: "#93b1b3", shade: "#779aa0", snow: 40, seed: 9, floor: 300 })}${fog(160, 110)}
<path fill="#6f9a83" d="${hill([[0, 260], [160, 240], [320, 266], [480, 246]], 360)}"/>${firs({ points: [[0, 260], [160, 240], [320, 266], [480, 246]], from: 0, to: 480, density: 24, height: 50, fill: "#557f6d", seed: 3 })}${fog(210, 90)}
<path fill="#4a7849" d="${hill([[0, 310], [200, 292], [480, 310]], 360)}"/>${signpost(306, 318, 150)}${lookout(214, 322, 84)}`;
}

function icon() {
  return `<rect width="64" height="64" rx="14" fill="#1f4037"/><path fill="none" stroke="#f8f5ef" stroke-width="6" stroke-linejoin="miter" d="M8 48 32 12l24 36M21 48l11-15 10 15"/>`;
}
