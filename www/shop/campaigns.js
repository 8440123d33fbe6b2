/** Campaign landings: the first page for somebody who came from an advertisement or a letter. */
export const CAMPAIGNS = [
  {
    id: "winter-hiking", scene: "hero-snow", eyebrow: "Winter hiking",
    headline: "The quiet season starts on foot",
    text: "Warm boots, a shell that breathes and poles with snow baskets: the kit for short days and long shadows.",
    cta: ["See winter boots", "/c/boots"], category: "boots",
    skus: ["schneegang", "firnspitz", "daunenleicht", "steigfuchs-poles", "alpwind-beanie", "nebelschlaf"],
    reasons: [
      ["Start with the feet", "A felt lining you can take out dries overnight by the hut stove."],
      ["Layer by layer", "Wool on the skin, fleece to move, down to stand still, a shell against wind."],
      ["Light is short", "A head torch weighs 76 grams. The way back is the same length in the dark."],
    ],
  },
  {
    id: "newsletter-november", scene: "hero-autumn", eyebrow: "From the November letter",
    headline: "Between the seasons, the best light",
    text: "Thank you for reading. Here is what our workshop wears in November, and why.",
    cta: ["Look at the November kit", "#products"], category: "jackets",
    skus: ["wollgras-fleece", "regenwand-3l", "talwaerts-low", "gratweg-28", "alpwind-beanie", "quell-bottle"],
    reasons: [
      ["Written, not sent out", "One letter a month, by the people who make the things."],
      ["Tested this week", "Everything here was on the Grünten in the last seven days."],
      ["No countdown", "It will be here tomorrow, too."],
    ],
  },
  {
    id: "first-tent", scene: "hero-camp", eyebrow: "Your first night out",
    headline: "A first tent, and nothing you do not need",
    text: "Tent, bag, stove. Three decisions, explained in three minutes, and a list for the rest.",
    cta: ["Choose a tent", "/c/tents"], category: "tents",
    skus: ["lichtung-2", "nebelschlaf", "glut-stove", "funke-lamp", "fernweg-55", "quell-bottle"],
    reasons: [
      ["Two people, one tent", "Take the two-person tent even when alone: the pack sleeps inside."],
      ["Warm is a number", "Look at the comfort temperature and take five degrees off."],
      ["Try it in the garden", "You have 100 days to send it back, pitched or not."],
    ],
  },
  {
    id: "trail-season", scene: "hero-run", eyebrow: "Trail season",
    headline: "Up before the sun, back for breakfast",
    text: "Shoes that drain, a jacket of 98 grams, and a light for the first half hour.",
    cta: ["See trail shoes", "/p/talwaerts-low"], category: "boots",
    skus: ["talwaerts-low", "windfang", "funke-lamp", "quell-bottle", "alpwind-beanie", "steigfuchs-poles"],
    reasons: [
      ["Grip before cushion", "Four-millimetre lugs and a drop of six: feet that feel the ground."],
      ["Carry nothing", "The wind jacket packs to the size of a fist."],
      ["Run it, then decide", "100 days, muddy is fine."],
    ],
  },
];

export function campaignById(id) {
  return CAMPAIGNS.find((campaign) => campaign.id === id) ?? null;
}
