// Shapes of actors and colours of relations: one drawing for the graph, the legend and the SVG file.

const HEX = [0, 60, 120, 180, 240, 300].map((turn) => [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)]);
// Corners in units of the radius; a person is a circle.
const SHAPES = {
  CTY: [[-1.45, -0.9], [1.45, -0.9], [1.45, 0.9], [-1.45, 0.9]],
  PER: null,
  ORG: HEX,
  GRP: [[0, -1.1], [1.1, 0.85], [-1.1, 0.85]],
  LOC: [[-0.75, -0.95], [0.75, -0.95], [0.75, 0.2], [0, 1.15], [-0.75, 0.2]],
  EVT: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  DOC: [[-0.75, -1], [0.3, -1], [0.75, -0.5], [0.75, 1], [-0.75, 1]],
  WPN: [[-1.1, -0.85], [1.1, -0.85], [0, 1.1]],
};

const THEMES = {
  light: {
    ink: "#1b2330", halo: "#fbfcfd", ground: "#fbfcfd", faint: "#5b6675", plain: "#8a94a3", badge: "#b3400a",
    types: {
      CTY: "#27415f", PER: "#c77700", ORG: "#0b7a6b", GRP: "#a1268f", LOC: "#5c7d1e", EVT: "#6d4bc2", DOC: "#8a6a3b", WPN: "#5d6066",
    },
    scale: [[178, 24, 32], [112, 98, 120], [23, 94, 190]],
  },
  dark: {
    ink: "#e8edf4", halo: "#12171f", ground: "#12171f", faint: "#a3afbf", plain: "#6d7888", badge: "#ff9d5c",
    types: {
      CTY: "#a9c4e6", PER: "#f2b04a", ORG: "#4fc9b6", GRP: "#e484d4", LOC: "#a9cf63", EVT: "#b49cf5", DOC: "#d3b27d", WPN: "#b6bac2",
    },
    scale: [[255, 107, 107], [160, 150, 175], [94, 166, 255]],
  },
};
const DASHES = { asserted: false, planned: [9, 6], possible: [2, 5] };

const darkBySystem = matchMedia("(prefers-color-scheme: dark)");
let chosenTheme = null;
const isDark = () => (chosenTheme ? chosenTheme === "dark" : darkBySystem.matches);
const theme = () => (isDark() ? THEMES.dark : THEMES.light);
const typeColor = (type) => theme().types[type] || theme().faint;

// From conflict (-9) over 0 to cooperation (+10).
function weightColor(weight) {
  if (weight === null) return theme().plain;
  const [low, middle, high] = theme().scale;
  const share = Math.min(1, Math.abs(weight) / 7);
  const end = weight < 0 ? low : high;
  return `rgb(${middle.map((value, index) => Math.round(value + (end[index] - value) * share)).join(",")})`;
}

const radii = edgesOfNode.map((ends) => 11 + Math.min(11, 2.2 * Math.sqrt(ends.reduce((sum, edge) => sum + edge.claims.length, 0))));
const radiusOf = (node) => radii[node];

const roundness = (type) => (type === "CTY" ? 0.25 : 0);

function trace(ctx, type, x, y, r) {
  const corners = SHAPES[type];
  ctx.beginPath();
  if (!corners) ctx.arc(x, y, r, 0, 2 * Math.PI);
  else if (roundness(type)) ctx.roundRect(x - 1.45 * r, y - 0.9 * r, 2.9 * r, 1.8 * r, roundness(type) * r);
  else corners.forEach(([dx, dy], index) => ctx[index ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
  ctx.closePath();
}

const boxOf = (type, r) => ({ width: (type === "CTY" ? 2.9 : 2) * r, height: (type === "CTY" ? 1.8 : 2) * r });

function svgShape(type, x, y, r, fill) {
  const corners = SHAPES[type];
  const style = { fill, stroke: theme().halo, "stroke-width": 1.5 };
  if (!corners) return makeSvg("circle", { cx: x, cy: y, r, ...style });
  if (roundness(type)) {
    return makeSvg("rect", { x: x - 1.45 * r, y: y - 0.9 * r, width: 2.9 * r, height: 1.8 * r, rx: roundness(type) * r, ...style });
  }
  return makeSvg("polygon", { points: corners.map(([dx, dy]) => `${x + dx * r},${y + dy * r}`).join(" "), ...style });
}

const codeOf = (node) => (nodes[node].group === "CTY" ? nodes[node].code || "" : "");

function svgNode(node, x, y, r) {
  const type = nodes[node].group;
  const parts = [svgShape(type, x, y, r, typeColor(type))];
  if (codeOf(node)) {
    const font = { "font-size": r * 0.95, "font-weight": 700, "text-anchor": "middle", fill: theme().halo };
    parts.push(makeSvg("text", { x, y: y + r * 0.34, ...font }, codeOf(node)));
  }
  return parts;
}

function legend() {
  const body = byId("legend-body");
  const key = (svg, text) => make("li", {}, svg, make("span", {}, text));
  const line = (attributes) => makeSvg("line", { x1: 2, y1: 9, x2: 38, y2: 9, "stroke-width": 3, stroke: theme().faint, ...attributes });
  const picture = (...parts) => makeSvg("svg", { viewBox: "0 0 40 18", "aria-hidden": "true" }, ...parts);
  const shown = TYPES.filter((type) => nodes.some((node) => node.group === type));
  const shapes = shown.map((type) => key(picture(svgShape(type, 20, 9, 7.5, typeColor(type))), word(type)));
  const colors = [["conflict", -7], ["contact", 1], ["cooperation", 8], ["ties", null]].map(([group, weight]) =>
    key(picture(line({ stroke: weightColor(weight) })), word(group)));
  const dashes = STATUSES.map((status) => key(picture(line({ "stroke-dasharray": (DASHES[status] || []).join(" ") })), word(status)));
  const badges = [["contested", "≠"], ["deniedMark", "×"]].map(([label, sign]) => {
    const text = makeSvg("text", { x: 20, y: 13.5, "text-anchor": "middle", "font-size": 13, "font-weight": 700, fill: theme().halo }, sign);
    return key(picture(makeSvg("circle", { cx: 20, cy: 9, r: 8, fill: theme().badge }), text), word(label));
  });
  const width = key(picture(line({ "stroke-width": 6 })), word("moreSentences"));
  body.replaceChildren(make("ul", {}, ...shapes), make("ul", {}, ...colors, width), make("ul", {}, ...dashes, ...badges));
}
