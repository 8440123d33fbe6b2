import { hikingBoot, mountainBoot, trailShoe, winterBoot } from "./boots.js";
import { beanie, bottle, headTorch, poles, sleepingBag, stove } from "./camp.js";
import { downJacket, fleece, rainShell, windJacket } from "./jackets.js";
import { dayPack, duffel, runningVest, trekkingPack } from "./packs.js";
import { domeTent, familyTent, soloTent, tarp } from "./tents.js";

/**
 * For each article: its drawing, the part shown close up, and its backdrop outdoors, where it stands on its `foot` or
 * `hangs` by its collar (both are heights in the drawing).
 */
export const DRAWN = {
  "kammweg-mid": { draw: hikingBoot, detail: "250 120 260 260", backdrop: "rock", foot: 470 },
  firnspitz: { draw: mountainBoot, detail: "110 70 260 260", backdrop: "rock", foot: 478 },
  "talwaerts-low": { draw: trailShoe, detail: "270 220 240 240", backdrop: "meadow", foot: 446 },
  schneegang: { draw: winterBoot, detail: "130 110 270 270", backdrop: "rock", foot: 476 },
  "regenwand-3l": { draw: rainShell, detail: "200 60 230 230", backdrop: "wall", hangs: 72 },
  daunenleicht: { draw: downJacket, detail: "210 110 230 230", backdrop: "wall", hangs: 122 },
  "wollgras-fleece": { draw: fleece, detail: "220 110 230 230", backdrop: "wall", hangs: 118 },
  windfang: { draw: windJacket, detail: "210 60 230 230", backdrop: "wall", hangs: 72 },
  "lichtung-2": { draw: domeTent, detail: "150 190 270 270", backdrop: "meadow", foot: 440 },
  "biwak-1": { draw: soloTent, detail: "130 200 250 250", backdrop: "rock", foot: 430 },
  "basislager-4": { draw: familyTent, detail: "170 210 260 260", backdrop: "meadow", foot: 454 },
  "vordach-tarp": { draw: tarp, detail: "180 130 250 250", backdrop: "meadow", foot: 470 },
  "gratweg-28": { draw: dayPack, detail: "180 90 250 250", backdrop: "meadow", foot: 524 },
  "fernweg-55": { draw: trekkingPack, detail: "200 50 260 260", backdrop: "rock", foot: 550 },
  "laufweste-8": { draw: runningVest, detail: "180 90 250 250", backdrop: "wall", hangs: 152 },
  "seesack-60": { draw: duffel, detail: "80 200 270 270", backdrop: "rock", foot: 470 },
  nebelschlaf: { draw: sleepingBag, detail: "250 40 270 270", backdrop: "meadow", foot: 580 },
  "glut-stove": { draw: stove, detail: "170 110 270 270", backdrop: "evening", foot: 520 },
  "funke-lamp": { draw: headTorch, detail: "170 250 260 260", backdrop: "evening", foot: 472 },
  "steigfuchs-poles": { draw: poles, detail: "110 40 240 240", backdrop: "rock", foot: 544 },
  "quell-bottle": { draw: bottle, detail: "190 60 230 230", backdrop: "evening", foot: 546 },
  "alpwind-beanie": { draw: beanie, detail: "270 280 230 230", backdrop: "evening", foot: 500 },
};
