// Labels as on a map: the same size at every zoom, the important ones first, none upon another.

const FIRST = 30; // nodes whose label may cover the shape of a less important node
const CROWD = 150; // edges from which marks shrink
let plan = null; // what was drawn last: { origin, labels: [{ node, text, x, y, box, ... }], badges }
const widths = new Map();

function widthOf(ctx, text) {
  const key = ctx.font + text;
  if (!widths.has(key)) widths.set(key, ctx.measureText(text).width);
  return widths.get(key);
}

const letterSize = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
const shorten = (text) => (text.length > 34 ? `${text.slice(0, 32)}…` : text);
const crosses = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
const around = (x, y, half, tall) => [x - half, y - tall, x + half, y + tall];

// The part of the screen that is taken. A grid of cells keeps the test for free room short.
class Room {
  constructor({ clientWidth, clientHeight }) {
    this.rim = [0, 0, clientWidth, clientHeight];
    this.cells = new Map();
  }
  *cellsOf([left, top, right, bottom]) {
    for (let x = Math.floor(left / 64); x <= right / 64; x += 1) {
      for (let y = Math.floor(top / 64); y <= bottom / 64; y += 1) yield x * 10007 + y;
    }
  }
  isFree(box) {
    const within = box[0] >= 0 && box[1] >= 0 && box[2] <= this.rim[2] && box[3] <= this.rim[3];
    return within && [...this.cellsOf(box)].every((cell) => !(this.cells.get(cell) || []).some((other) => crosses(box, other)));
  }
  take(box) {
    for (const cell of this.cellsOf(box)) {
      if (this.cells.has(cell)) this.cells.get(cell).push(box);
      else this.cells.set(cell, [box]);
    }
  }
}

// While the reader moves the whole picture, the labels move with it as they are.
function drawLabels(ctx) {
  const canvas = byId("network").querySelector("canvas");
  const ratio = canvas.width / canvas.clientWidth;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  const origin = picture.network.canvasToDOM({ x: 0, y: 0 });
  if (!picture.panning || !plan) plan = { origin, ...arrange(ctx, letterSize() * 0.82) };
  ctx.translate(origin.x - plan.origin.x, origin.y - plan.origin.y);
  for (const label of plan.labels) write(ctx, label);
  for (const badge of plan.badges) stamp(ctx, badge);
  ctx.restore();
}

function arrange(ctx, size) {
  const room = new Room(byId("network"));
  const points = nodeMarks();
  const lines = edgeMarks();
  const half = size * (lines.length > CROWD ? 0.4 : 0.58);
  const badges = lines.filter((line) => line.sign).map(({ x, y, sign }) => ({ x, y, sign, half }));
  const labels = [];
  const add = (label) => label && labels.push(label);
  const early = points.slice(0, FIRST);
  for (const { box } of early) room.take(box);
  if (lines.length <= CROWD) for (const { x, y } of badges) room.take(around(x, y, half, half));
  for (const point of early) add(nodeLabel(ctx, point, room, size));
  for (const { box } of points.slice(FIRST)) room.take(box);
  for (const point of points.slice(FIRST)) add(nodeLabel(ctx, point, room, size));
  for (const line of lines) add(edgeLabel(ctx, line, room, size * 0.88));
  return { labels: labels.reverse(), badges };
}

// Drawn nodes with their place on the screen, in the order in which they claim room for their label.
function nodeMarks() {
  const scale = picture.network.getScale();
  const spots = picture.network.getPositions();
  const first = new Set([state.node, picture.hovered, picture.cursor, ...(state.edge || []), ...(state.path || [])]);
  const order = [...picture.spots.keys()].sort((a, b) => first.has(b) - first.has(a) || isFaint(a) - isFaint(b) || a - b);
  return order.map((node) => {
    const { x, y } = picture.network.canvasToDOM(spots[node]);
    const { width, height } = boxOf(nodes[node].group, Math.max(radiusOf(node) * scale, 6));
    return { node, x, y, width, height, first: first.has(node), box: around(x, y, width / 2, height / 2) };
  });
}

function nodeLabel(ctx, { node, x, y, width, height, first }, room, size) {
  const text = shorten(nameOf(node));
  const font = `${first ? 700 : 500} ${size}px system-ui, sans-serif`;
  ctx.font = font;
  const half = widthOf(ctx, text) / 2 + 2;
  const tall = size * 0.62;
  const middle = Math.max(half, Math.min(x, room.rim[2] - half)); // moved aside at the rim
  const below = [[middle, y + height / 2 + tall + 1], [middle, y - height / 2 - tall - 1]];
  const beside = [[x + width / 2 + half + 2, y], [x - width / 2 - half - 2, y]];
  const places = shown.near ? [...outward(node, beside), ...below] : [...below, ...beside];
  const boxes = places.map((place) => around(...place, half, tall));
  const index = boxes.findIndex((box) => room.isFree(box));
  if (index < 0 && !first) return null;
  const box = boxes[Math.max(index, 0)];
  room.take(box);
  return { node, text, font, box, x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2, color: theme().ink, halo: 4, alpha: isFaint(node) ? 0.35 : 1 };
}

// In a ring a label stands outside, where no line runs.
function outward(node, [right, left]) {
  const { x, y } = picture.spots.get(node);
  if (Math.abs(x) < 0.4 * Math.abs(y) || state.path) return [];
  return [x > 0 ? right : left];
}

const signOf = (look) => (look.contested ? "≠" : look.denied ? "×" : "");

// Edges that are not faint, with their middle on the screen and the room there is for a label.
function edgeMarks() {
  const marks = [];
  const scale = picture.network.getScale();
  for (const [number, look] of picture.looks) {
    const { edgeType, from, to, connected } = picture.network.body.edges[number] || {};
    if (!connected || (picture.reach !== null && !touches(edges[number]))) continue;
    const { x, y } = picture.network.canvasToDOM(edgeType.getPoint(0.5));
    marks.push({ number, x, y, length: Math.hypot(from.x - to.x, from.y - to.y) * scale, look, sign: signOf(look) });
  }
  return marks.sort((a, b) => b.look.sentences - a.look.sentences || a.number - b.number);
}

function edgeText({ relations: list }) {
  const rest = list.length > 2 ? ` +${list.length - 2}` : "";
  return list.slice(0, 2).map(relationName).join(", ") + rest;
}

function edgeLabel(ctx, { x, y, length, look, sign }, room, size) {
  const text = edgeText(look);
  const font = `400 ${size}px system-ui, sans-serif`;
  ctx.font = font;
  const half = widthOf(ctx, text) / 2 + 2;
  const middle = sign ? y + size * 1.35 : y;
  const box = around(x, middle, half, size * 0.6);
  if (2 * half > length * 0.95 || !room.isFree(box)) return null;
  room.take(box);
  return { node: null, text, font, box, x, y: middle, color: look.weight === null ? theme().faint : weightColor(look.weight), halo: 3.5, alpha: 1 };
}

function write(ctx, { text, font, x, y, color, halo, alpha }) {
  ctx.globalAlpha = alpha;
  ctx.font = font;
  ctx.strokeStyle = theme().halo;
  ctx.lineWidth = halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = color;
  ctx.fillText(text, x, y);
  ctx.globalAlpha = 1;
}

function stamp(ctx, { x, y, sign, half }) {
  ctx.beginPath();
  ctx.arc(x, y, half, 0, 2 * Math.PI);
  ctx.fillStyle = theme().badge;
  ctx.fill();
  ctx.font = `700 ${half * 1.7}px system-ui, sans-serif`;
  ctx.fillStyle = theme().halo;
  ctx.fillText(sign, x, y + 0.5);
}

function labelAt({ x, y }) {
  const hit = plan.labels.find(({ node, box }) => node !== null && x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
  return hit ? hit.node : null;
}
