/**
 * Everything the shop sells. Amounts are gross euro cents.
 */

const COLOURS = {
  pine: { name: "Pine", swatch: "#2c4f43" },
  bark: { name: "Bark", swatch: "#6b4a35" },
  slate: { name: "Slate", swatch: "#4a5a63" },
  rust: { name: "Rust", swatch: "#b8502a" },
  ochre: { name: "Ochre", swatch: "#d39a3a" },
  glacier: { name: "Glacier", swatch: "#5b8a9c" },
  night: { name: "Night", swatch: "#24313f" },
  sand: { name: "Sand", swatch: "#c9b48e" },
  moss: { name: "Moss", swatch: "#7a8450" },
  steel: { name: "Steel", swatch: "#aab3b5" },
};

const FOOT = ["37", "38", "39", "40", "41", "42", "43", "44", "45", "46"];
const BODY = ["XS", "S", "M", "L", "XL", "XXL"];

export const CATEGORIES = [
  {
    id: "boots",
    name: "Boots",
    scene: "hero-trail",
    headline: "Boots for the long way round",
    text: "Welted, resoleable and tested on the paths behind our workshop.",
    guide: [
      ["Day walks and forest paths", "A low or mid shoe with a flexible sole. Light feet walk further."],
      ["Hut to hut with a pack", "A mid boot that holds the ankle, with a rand against scree."],
      ["Snow and fixed ropes", "A stiff boot that takes a crampon, half a size larger for a warm sock."],
    ],
    voices: [
      ["Second soles, third winter. They fit like on the first day, only better.", "Marlene, Sonthofen"],
      ["Bought half a size up after reading the guide. No blisters over nine days on the E5.", "Jonas, Hamburg"],
    ],
    care: "Brush off mud while it is wet, take out the insole, dry away from the stove, wax the leather.",
  },
  {
    id: "jackets",
    name: "Jackets",
    scene: "hero-rain",
    headline: "Jackets for honest weather",
    text: "Three layers, no fluorocarbons, and a hood that turns when you do.",
    guide: [
      ["Rain that stays", "A three-layer shell with 20,000 mm of water column and vents under the arms."],
      ["Dry cold", "Down for standing still, fleece for moving. Both under a shell for the summit."],
      ["Wind on the ridge", "A light jacket that packs into its own pocket and weighs less than an apple."],
    ],
    voices: [
      ["Eleven hours of drizzle in the Harz, and the only wet thing was my own fault: an open vent.", "Petra, Göttingen"],
      ["The zip broke, went to Kempten, came back in a week with a note from Resi.", "Aurel, Graz"],
    ],
    care: "Close all zips, wash at 30 °C without softener, then tumble warm: heat revives the water repellent.",
  },
  {
    id: "tents",
    name: "Tents",
    scene: "hero-camp",
    headline: "Tents that stand in the wind",
    text: "Pitched outer first, seams taped by hand, poles you can replace one by one.",
    guide: [
      ["One, fast and light", "A low tunnel of just over a kilogram. Needs six pegs and good ground."],
      ["Two for most places", "A free-standing dome: two doors, two porches, stands on rock."],
      ["The family on one meadow", "Standing height, a room for the evening and a dark one for sleep."],
    ],
    voices: [
      ["Stood through a night on the Lofoten when we did not sleep, but it did not care either.", "Ida and Tom, Kiel"],
      ["The children pitch it alone now. Four minutes, with an argument.", "Samira, Ulm"],
    ],
    care: "Never store it damp. Shake out the sand, wash by hand, and let the poles rest half open.",
  },
  {
    id: "packs",
    name: "Packs",
    scene: "hero-summit",
    headline: "Packs that carry themselves",
    text: "A back length that fits, a hip belt that takes the weight, no strap too many.",
    guide: [
      ["A day, a rope, a lunch", "24 to 30 litres, a firm back and a lid pocket for the map."],
      ["A week between huts", "35 to 45 litres is plenty when the hut has blankets."],
      ["Everything on your back", "55 litres and more, with an adjustable back and a loaded hip belt."],
    ],
    voices: [
      ["I forgot that it was there, until I wanted my lunch.", "Ruben, Innsbruck"],
      ["Twelve years of guiding, two repairs, same pack.", "Veronika, Berchtesgaden"],
    ],
    care: "Empty the pockets, wipe with lukewarm water and soap, dry in the shade with the zips open.",
  },
  {
    id: "camp",
    name: "Camp",
    scene: "hero-welcome-back",
    headline: "Small things, good evenings",
    text: "Warm, bright, boiling: what makes a camp a place.",
    guide: [
      ["Sleep warm", "Choose the comfort figure, not the limit, and add a mat that fits the season."],
      ["See and be seen", "300 lumens find the path; a red light keeps the night."],
      ["Hot in three minutes", "A small gas stove with a windshield boils half a litre before the talk is over."],
    ],
    voices: [
      ["Small, loud enough to boil, quiet enough to talk.", "Lea, Leipzig"],
      ["Goes with me to work, too. Nobody has to know.", "Henrik, Aarhus"],
    ],
    care: "Air the sleeping bag for a day, store it loose in a cotton sack, and clean burners with a dry brush.",
  },
];

export const PRODUCTS = [
  {
    sku: "kammweg-mid", category: "boots", name: "Kammweg Mid", kind: "Hiking boot",
    amountMinor: 18_990, stock: 24, rating: 4.7, reviews: 312, weight: "640 g",
    colours: ["bark", "pine", "slate"], sizes: FOOT, activities: ["hiking", "camping"], badge: "Bestseller",
    summary: "The boot we are known for: waxed nubuck, a quiet sole, and a last that has not changed since 1994.",
    details: ["Waxed nubuck from the Allgäu, 2.4 mm", "Waterproof membrane without fluorocarbons", "Rubber rand against scree", "Resoleable in our workshop"],
    specs: [["Upper", "Nubuck leather"], ["Sole", "Lugged rubber, flex 3 of 5"], ["Weight", "640 g (size 42)"], ["Made in", "Slovenia"]],
  },
  {
    sku: "firnspitz", category: "boots", name: "Firnspitz", kind: "Mountain boot",
    amountMinor: 27_900, stock: 8, rating: 4.8, reviews: 96, weight: "890 g",
    colours: ["rust", "night"], sizes: FOOT, activities: ["climbing", "hiking"],
    summary: "Stiff where the crampon sits, kind where the shin bends. For snow, fixed ropes and long descents.",
    details: ["Semi-automatic crampon fit", "Carbon shank, flex 5 of 5", "Gaiter against snow", "Insulated to −20 °C"],
    specs: [["Upper", "Suede and aramid weave"], ["Sole", "Stiff rubber, climbing zone"], ["Weight", "890 g (size 42)"], ["Made in", "Italy"]],
  },
  {
    sku: "talwaerts-low", category: "boots", name: "Talwärts Low", kind: "Trail shoe",
    amountMinor: 12_990, stock: 41, rating: 4.5, reviews: 187, weight: "310 g",
    colours: ["glacier", "moss", "ochre"], sizes: FOOT, activities: ["running", "hiking"],
    summary: "A low shoe for fast feet on roots and gravel. Drains, dries, goes again.",
    details: ["Recycled ripstop upper", "Grippy 4 mm lugs", "Quick lace, no knots", "Vegan"],
    specs: [["Upper", "Recycled polyamide"], ["Drop", "6 mm"], ["Weight", "310 g (size 42)"], ["Made in", "Portugal"]],
  },
  {
    sku: "schneegang", category: "boots", name: "Schneegang", kind: "Winter boot",
    amountMinor: 16_990, wasMinor: 19_990, stock: 15, rating: 4.6, reviews: 74, weight: "720 g",
    colours: ["night", "bark"], sizes: FOOT, activities: ["hiking", "camping"], badge: "Winter",
    summary: "Wool felt inside, wax outside, and a sole that stays soft when the path is ice.",
    details: ["Loden felt lining, removable", "Sole rubber for ice", "High shaft with drawcord", "Warm to −25 °C"],
    specs: [["Upper", "Waxed leather, wool felt"], ["Sole", "Ice compound"], ["Weight", "720 g (size 42)"], ["Made in", "Slovenia"]],
  },
  {
    sku: "regenwand-3l", category: "jackets", name: "Regenwand 3L", kind: "Rain shell",
    amountMinor: 24_990, stock: 19, rating: 4.7, reviews: 241, weight: "395 g",
    colours: ["rust", "glacier", "pine"], sizes: BODY, activities: ["hiking", "climbing"], badge: "Bestseller",
    summary: "Three layers against a week of rain. Quiet fabric, a peaked hood, vents you can reach with the pack on.",
    details: ["20,000 mm water column", "Fluorocarbon-free finish", "Helmet-ready hood", "All seams taped"],
    specs: [["Fabric", "Recycled polyester, 3 layers"], ["Weight", "395 g (size M)"], ["Vents", "Under the arms"], ["Made in", "Latvia"]],
  },
  {
    sku: "daunenleicht", category: "jackets", name: "Daunenleicht", kind: "Down jacket",
    amountMinor: 19_990, stock: 12, rating: 4.8, reviews: 158, weight: "340 g",
    colours: ["ochre", "night", "moss"], sizes: BODY, activities: ["climbing", "camping"],
    summary: "Recycled down in narrow chambers. Warm at the belay, small in the pack.",
    details: ["800 cuin recycled down", "Packs into its own pocket", "Elastic cuffs", "Worn alone or under a shell"],
    specs: [["Filling", "Recycled down, 120 g"], ["Weight", "340 g (size M)"], ["Packed", "1.6 litres"], ["Made in", "Latvia"]],
  },
  {
    sku: "wollgras-fleece", category: "jackets", name: "Wollgras", kind: "Wool fleece",
    amountMinor: 8_990, stock: 56, rating: 4.4, reviews: 129, weight: "420 g",
    colours: ["sand", "slate", "pine"], sizes: BODY, activities: ["hiking", "camping"],
    summary: "Merino pile with a little give. The layer you put on first and take off last.",
    details: ["70 % merino wool", "Zipped chest pocket", "No microplastic brushing", "Elbow patches"],
    specs: [["Fabric", "Merino 70 %, polyamide 30 %"], ["Weight", "420 g (size M)"], ["Fit", "Regular"], ["Made in", "Germany"]],
  },
  {
    sku: "windfang", category: "jackets", name: "Windfang", kind: "Wind jacket",
    amountMinor: 11_990, stock: 33, rating: 4.3, reviews: 88, weight: "98 g",
    colours: ["glacier", "ochre", "night"], sizes: BODY, activities: ["running", "climbing"], badge: "New",
    summary: "98 grams that stop the wind on the ridge and vanish in a pocket.",
    details: ["Ripstop, 10 denier", "Reflective seams", "Packs to the size of a fist", "Half-elastic hood"],
    specs: [["Fabric", "Recycled polyamide, 10 den"], ["Weight", "98 g (size M)"], ["Packed", "0.3 litres"], ["Made in", "Latvia"]],
  },
  {
    sku: "lichtung-2", category: "tents", name: "Lichtung 2", kind: "Dome tent for two",
    amountMinor: 32_900, stock: 11, rating: 4.8, reviews: 204, weight: "2.1 kg",
    colours: ["moss", "rust"], sizes: [], activities: ["camping", "hiking"], badge: "Bestseller",
    summary: "Two doors, two porches, four minutes. Stands on rock and stays quiet in the wind.",
    details: ["Free-standing, pitched outer first", "Two doors and porches", "3,000 mm outer, 5,000 mm floor", "Poles replaceable one by one"],
    specs: [["Sleeps", "2"], ["Weight", "2.1 kg"], ["Packed", "44 × 15 cm"], ["Height", "105 cm"]],
  },
  {
    sku: "biwak-1", category: "tents", name: "Biwak 1", kind: "Solo tent",
    amountMinor: 24_900, stock: 6, rating: 4.5, reviews: 61, weight: "1.15 kg",
    colours: ["slate", "ochre"], sizes: [], activities: ["hiking", "climbing"],
    summary: "A low tunnel for one, for nights where the map is empty.",
    details: ["One pole, six pegs", "Pitched in two minutes", "Porch for pack and boots", "1.15 kg all in"],
    specs: [["Sleeps", "1"], ["Weight", "1.15 kg"], ["Packed", "38 × 12 cm"], ["Height", "85 cm"]],
  },
  {
    sku: "basislager-4", category: "tents", name: "Basislager 4", kind: "Family tent",
    amountMinor: 49_900, stock: 4, rating: 4.6, reviews: 47, weight: "9.8 kg",
    colours: ["sand", "pine"], sizes: [], activities: ["camping"],
    summary: "Standing height, a room for wet evenings, and a dark one for long mornings.",
    details: ["Standing height 2.05 m", "Dark sleeping cabin", "Cotton blend that breathes", "Room for four and a dog"],
    specs: [["Sleeps", "4"], ["Weight", "9.8 kg"], ["Packed", "72 × 32 cm"], ["Height", "205 cm"]],
  },
  {
    sku: "vordach-tarp", category: "tents", name: "Vordach", kind: "Tarp",
    amountMinor: 11_990, stock: 27, rating: 4.5, reviews: 39, weight: "540 g",
    colours: ["ochre", "pine"], sizes: [], activities: ["camping", "hiking"],
    summary: "Three by three metres of dry. Over the kitchen, over the hammock, over the two of you.",
    details: ["3 × 3 m, 16 loops", "Silicone-coated ripstop", "Lines and eight pegs included", "Stands on two trekking poles"],
    specs: [["Size", "3 × 3 m"], ["Weight", "540 g"], ["Packed", "22 × 10 cm"], ["Water column", "3,000 mm"]],
  },
  {
    sku: "gratweg-28", category: "packs", name: "Gratweg 28", kind: "Day pack",
    amountMinor: 12_990, stock: 38, rating: 4.6, reviews: 173, weight: "880 g",
    colours: ["pine", "rust", "night"], sizes: [], activities: ["hiking", "climbing"], badge: "Bestseller",
    summary: "28 litres with a firm back, a lid pocket, and loops where you expect them.",
    details: ["Ventilated back", "Pole and axe loops", "Rain cover in the base", "Waxed canvas lid"],
    specs: [["Volume", "28 litres"], ["Weight", "880 g"], ["Back length", "48 cm"], ["Made in", "Portugal"]],
  },
  {
    sku: "fernweg-55", category: "packs", name: "Fernweg 55", kind: "Trekking pack",
    amountMinor: 19_990, stock: 13, rating: 4.7, reviews: 84, weight: "1.6 kg",
    colours: ["slate", "moss"], sizes: [], activities: ["hiking", "camping"],
    summary: "For weeks rather than days: an adjustable back and a hip belt that takes the weight.",
    details: ["Back adjusts from 44 to 54 cm", "Front access to the bottom", "Hip belt pockets", "Carries 18 kg well"],
    specs: [["Volume", "55 + 10 litres"], ["Weight", "1.6 kg"], ["Back length", "44–54 cm"], ["Made in", "Portugal"]],
  },
  {
    sku: "laufweste-8", category: "packs", name: "Laufweste 8", kind: "Running vest",
    amountMinor: 9_990, stock: 30, rating: 4.4, reviews: 52, weight: "240 g",
    colours: ["glacier", "rust"], sizes: ["S", "M", "L"], activities: ["running"], badge: "New",
    summary: "Sits like a shirt: two soft flasks in front, eight litres behind, nothing that swings.",
    details: ["Two flasks of 0.5 litres included", "Open mesh on the back", "Whistle, pole loops", "Reach everything while running"],
    specs: [["Volume", "8 litres"], ["Weight", "240 g"], ["Flasks", "2 × 0.5 l"], ["Made in", "Portugal"]],
  },
  {
    sku: "seesack-60", category: "packs", name: "Seesack 60", kind: "Duffel bag",
    amountMinor: 13_990, stock: 16, rating: 4.7, reviews: 71, weight: "1.1 kg",
    colours: ["ochre", "slate"], sizes: [], activities: ["climbing", "camping"],
    summary: "Tarpaulin, one big mouth, two shoulder straps. Survives every baggage belt.",
    details: ["Tarpaulin from old lorry covers", "Worn on the back or over the shoulder", "Wet compartment", "Lashing loops"],
    specs: [["Volume", "60 litres"], ["Weight", "1.1 kg"], ["Measures", "60 × 36 cm"], ["Made in", "Germany"]],
  },
  {
    sku: "nebelschlaf", category: "camp", name: "Nebelschlaf −5", kind: "Down sleeping bag",
    amountMinor: 17_990, stock: 17, rating: 4.7, reviews: 112, weight: "890 g",
    colours: ["night", "rust"], sizes: [], activities: ["camping", "hiking"],
    summary: "Comfort to −5 °C, with room at the feet and a collar that keeps the warmth in.",
    details: ["Recycled down, 700 cuin", "Comfort −5 °C", "Two-way zip", "Cotton storage sack"],
    specs: [["Comfort", "−5 °C"], ["Weight", "890 g"], ["Packed", "5.5 litres"], ["Length", "up to 1.90 m"]],
  },
  {
    sku: "glut-stove", category: "camp", name: "Glut", kind: "Gas stove",
    amountMinor: 5_490, stock: 62, rating: 4.5, reviews: 98, weight: "84 g",
    colours: ["steel"], sizes: [], activities: ["camping", "climbing"],
    summary: "84 grams, three minutes to half a litre. Folds into the mug.",
    details: ["2,800 W", "Piezo ignition", "Folding pot supports", "Fits common screw cartridges"],
    specs: [["Power", "2,800 W"], ["Weight", "84 g"], ["Boils 0.5 l in", "3 minutes"], ["Made in", "Germany"]],
  },
  {
    sku: "funke-lamp", category: "camp", name: "Funke 350", kind: "Head torch",
    amountMinor: 4_490, stock: 47, rating: 4.4, reviews: 143, weight: "76 g",
    colours: ["rust", "night"], sizes: [], activities: ["running", "camping", "climbing"],
    summary: "350 lumens for the path, red light for the tent, one button with gloves on.",
    details: ["350 lumens, five levels", "Red light", "USB-C, 8 hours at 100 lumens", "Washable band"],
    specs: [["Light", "350 lm"], ["Weight", "76 g"], ["Battery", "1,200 mAh"], ["Rating", "IPX7"]],
  },
  {
    sku: "steigfuchs-poles", category: "camp", name: "Steigfuchs", kind: "Carbon trekking poles",
    amountMinor: 8_990, stock: 22, rating: 4.6, reviews: 67, weight: "392 g",
    colours: ["rust", "glacier"], sizes: [], activities: ["hiking", "running"],
    summary: "Cork in the hand, carbon below, and a lock that holds on the way down.",
    details: ["Natural cork grips", "Three carbon segments", "105 to 135 cm", "Carbide tips"],
    specs: [["Length", "105–135 cm"], ["Weight", "392 g (pair)"], ["Grip", "Cork"], ["Made in", "Austria"]],
  },
  {
    sku: "quell-bottle", category: "camp", name: "Quell 0.75", kind: "Steel bottle",
    amountMinor: 2_490, stock: 120, rating: 4.8, reviews: 402, weight: "190 g",
    colours: ["pine", "ochre", "glacier"], sizes: [], activities: ["hiking", "running", "camping", "climbing"],
    summary: "One wall, one thread, no plastic inside. Goes on the stove if it has to.",
    details: ["Stainless steel 18/8", "Plastic-free inside", "Dishwasher safe", "Fits pack side pockets"],
    specs: [["Volume", "0.75 litres"], ["Weight", "190 g"], ["Height", "25 cm"], ["Made in", "Germany"]],
  },
  {
    sku: "alpwind-beanie", category: "camp", name: "Alpwind", kind: "Merino beanie",
    amountMinor: 2_990, stock: 88, rating: 4.6, reviews: 135, weight: "58 g",
    colours: ["rust", "pine", "sand"], sizes: [], activities: ["hiking", "running", "camping", "climbing"],
    summary: "Knitted in one piece from Allgäu merino. Warm when wet, soft when worn.",
    details: ["100 % merino wool", "Double brim", "Knitted without seams", "One size"],
    specs: [["Wool", "Merino, 19.5 micron"], ["Weight", "58 g"], ["Size", "One size"], ["Made in", "Germany"]],
  },
].map((product) => ({
  ...product,
  colours: product.colours.map((id) => ({ id, ...COLOURS[id] })),
}));

export const ACTIVITIES = [
  { id: "hiking", name: "Hiking" },
  { id: "climbing", name: "Climbing" },
  { id: "camping", name: "Camping" },
  { id: "running", name: "Trail running" },
];

/** What the shop recommends to somebody it knows nothing about. */
export const BESTSELLERS = ["kammweg-mid", "regenwand-3l", "lichtung-2", "gratweg-28"];

/** What fits into any parcel, and into most budgets. */
export const SMALL_THINGS = ["quell-bottle", "alpwind-beanie", "funke-lamp", "glut-stove", "steigfuchs-poles", "laufweste-8"];

const BY_SKU = new Map(PRODUCTS.map((product) => [product.sku, product]));
const BY_CATEGORY = new Map(CATEGORIES.map((category) => [category.id, category]));

export function productBySku(sku) {
  return BY_SKU.get(sku) ?? null;
}

export function categoryById(id) {
  return BY_CATEGORY.get(id) ?? null;
}

export function productsIn(categoryId) {
  return PRODUCTS.filter((product) => product.category === categoryId);
}

/** Every word of the query must occur in the product's own text. */
export function searchProducts(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return PRODUCTS.filter((product) => {
    const category = categoryById(product.category);
    const text = [product.name, product.kind, product.summary, category.name, product.sku, ...product.activities, ...product.details]
      .join(" ")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Every colour and size as an article of its own, filled up by width, to `count` articles. */
export function variantsIn(categoryId, count) {
  const variants = [];
  for (const width of ["Regular", "Wide", "Narrow", "Long", "Short"]) {
    for (const product of productsIn(categoryId)) {
      for (const colour of product.colours) {
        for (const size of product.sizes.length ? product.sizes : ["One size"]) {
          if (variants.length === count) return variants;
          variants.push({ product, colour, label: `${colour.name}, ${size}, ${width}` });
        }
      }
    }
  }
  return variants;
}

/** The address of a product's drawing in one colour, or of its picture outdoors (`field`). */
export function drawing(product, colour = product.colours[0], view = "") {
  return `/assets/products/${product.sku}-${colour.id}${view && `-${view}`}.svg`;
}
