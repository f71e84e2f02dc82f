// The picture: vis-network draws lines and takes clicks; shapes and labels are ours (glyphs.js, labels.js).

const picture = { network: null, nodes: null, edges: null, cursor: null, hovered: null, spots: new Map(), looks: new Map(), reach: null, mode: "", own: new Map(), touched: false, panning: false, tall: false };

function drawNode({ ctx, id, x, y, state: { selected } }) {
  const scale = picture.network.getScale();
  const r = Math.max(radiusOf(id), 6 / scale);
  const type = nodes[id].group;
  return {
    drawNode() {
      ctx.globalAlpha = isFaint(id) ? 0.25 : 1;
      trace(ctx, type, x, y, r);
      ctx.fillStyle = typeColor(type);
      ctx.fill();
      ctx.lineWidth = (selected || picture.cursor === id ? 4 : 1.5) / Math.max(scale, 0.5);
      ctx.strokeStyle = selected || picture.cursor === id ? theme().ink : theme().halo;
      ctx.stroke();
      if (codeOf(id) && r * scale > 8) drawCode(ctx, codeOf(id), x, y, r);
    },
    nodeDimensions: boxOf(type, r),
  };
}

function drawCode(ctx, code, x, y, r) {
  ctx.font = `700 ${r * 0.95}px system-ui, sans-serif`;
  ctx.fillStyle = theme().halo;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(code, x, y + r * 0.06);
}

// While something is chosen, what does not touch it steps back.
const isFaint = (node) => picture.reach !== null && !picture.reach.has(node);

function reach(view) {
  if (view.near) return null;
  if (state.node !== null) return within(state.node, 1, view.byEdge);
  return state.edge && state.edge.every((node) => view.drawn.has(node)) ? new Set(state.edge) : null;
}

const touches = (edge) =>
  state.node !== null ? edge.from === state.node || edge.to === state.node : picture.reach.has(edge.from) && picture.reach.has(edge.to);

function edgeLook(edge, view) {
  const look = summary(edge, view.byEdge.get(edge.number));
  picture.looks.set(edge.number, look);
  const faint = picture.reach !== null && !touches(edge);
  const color = weightColor(look.weight);
  const back = edgesOfNode[edge.to].some((other) => other.from === edge.to && other.to === edge.from && view.byEdge.has(other.number));
  return {
    id: edge.number,
    from: edge.from,
    to: edge.to,
    width: Math.min(8, 1 + 1.1 * Math.sqrt(look.sentences)),
    dashes: DASHES[look.status],
    arrows: look.symmetric ? "" : "to",
    color: { color, highlight: color, hover: color, opacity: faint ? 0.12 : look.weight === null ? 0.65 : 0.9 },
    smooth: back && edge.from !== edge.to ? { enabled: true, type: "curvedCW", roundness: 0.14 } : { enabled: false },
  };
}

function draw(view) {
  picture.reach = reach(view);
  picture.looks.clear();
  const mode = JSON.stringify([view.near && [state.node, state.around, state.path], isTall()]);
  if (mode !== picture.mode) picture.own.clear();
  picture.mode = mode;
  picture.tall = isTall();
  const spots = new Map([...places(view), ...[...picture.own].filter(([node]) => view.drawn.has(node))]);
  const points = [...view.drawn].map((id) => ({ id, ...spots.get(id), shape: "custom", ctxRenderer: drawNode }));
  const lines = edges.filter((edge) => view.byEdge.has(edge.number) && view.drawn.has(edge.from) && view.drawn.has(edge.to));
  const moved = [...spots].some(([node, { x, y }]) => picture.spots.get(node)?.x !== x || picture.spots.get(node).y !== y);
  if (!spots.has(picture.cursor)) picture.cursor = null;
  if (picture.network) exchange(points, lines.map((edge) => edgeLook(edge, view)), spots);
  else start(points, lines.map((edge) => edgeLook(edge, view)), spots);
  if (moved) fit();
  select();
}

// vis-network may draw after each of these steps: whatever has a spot must be there at every one.
function exchange(points, lines, spots) {
  picture.nodes.update(points);
  picture.spots = spots;
  retain(picture.edges, lines);
  picture.edges.update(lines);
  retain(picture.nodes, points);
}

function retain(set, items) {
  const stay = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !stay.has(id)));
}

function start(points, lines, spots) {
  picture.spots = spots;
  picture.nodes = new vis.DataSet(points);
  picture.edges = new vis.DataSet(lines);
  picture.network = new vis.Network(byId("network"), {}, read("options"));
  picture.network.on("afterDrawing", drawLabels);
  picture.network.on("click", click);
  picture.network.on("hoverNode", ({ node }) => hover(node));
  picture.network.on("blurNode", () => hover(null));
  picture.network.setData({ nodes: picture.nodes, edges: picture.edges });
  picture.network.on("zoom", () => (picture.touched = true));
  picture.network.on("dragStart", ({ nodes: [node] }) => pan(node === undefined));
  picture.network.on("dragEnd", dragged);
  new ResizeObserver(resized).observe(byId("network"));
}

// Lines are whole while they move: of the time for a frame, dashes took two thirds.
function pan(moving) {
  picture.panning = moving;
  const { edges: lines, edgeIndices } = picture.network.body;
  for (const number of edgeIndices) lines[number].options.dashes = moving ? false : DASHES[picture.looks.get(number).status];
}

function dragged({ nodes: [node] }) {
  pan(false);
  picture.touched = true;
  if (node === undefined) return;
  const spot = picture.network.getPosition(node);
  picture.own.set(node, spot);
  picture.spots.set(node, spot);
}

// The view that the reader has moved stays; else all stays in view.
function resized() {
  if (picture.tall !== isTall()) draw(shown);
  else if (!picture.touched) fit();
}

function hover(node) {
  picture.hovered = node;
  byId("network").classList.toggle("pointing", node !== null);
}

// All nodes in view, with a margin for labels; a few nodes are not blown up.
function fit() {
  const box = byId("network").getBoundingClientRect();
  if (!box.width || !picture.spots.size) return;
  picture.touched = false;
  const list = [...picture.spots.values()];
  const range = (axis) => [Math.min(...list.map((spot) => spot[axis])), Math.max(...list.map((spot) => spot[axis]))];
  const [left, right] = range("x");
  const [top, bottom] = range("y");
  const scale = Math.min((box.width - 110) / (right - left + 1), (box.height - 110) / (bottom - top + 1), 0.1 * letterSize());
  picture.network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(scale, 0.05) });
}

function select() {
  const edge = state.edge && edges.find(({ from, to }) => from === state.edge[0] && to === state.edge[1]);
  picture.network.setSelection(
    {
      nodes: state.node !== null && picture.nodes.get(state.node) ? [state.node] : [],
      edges: edge && picture.edges.get(edge.number) ? [edge.number] : [],
    },
    { highlightEdges: false },
  );
}

function click({ nodes: [node], edges: [edge], pointer: { DOM } }) {
  const labelled = node ?? labelAt(DOM);
  if (labelled !== null && labelled !== undefined) choose(labelled);
  else if (edge !== undefined) openEdge(edges[edge].from, edges[edge].to);
  else if (state.node !== null || state.edge || state.path) closePanel();
}

function zoom(factor) {
  picture.touched = true;
  picture.network.moveTo({ scale: picture.network.getScale() * factor });
}

// The nearest node in the direction of an arrow key.
function walk(dx, dy) {
  const here = picture.spots.get(picture.cursor) || { x: 0, y: 0 };
  let best = null;
  let least = Infinity;
  for (const [node, { x, y }] of picture.spots) {
    const along = (x - here.x) * dx + (y - here.y) * dy;
    const aside = Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx);
    if (node === picture.cursor || along <= 0) continue;
    if (along + 2 * aside < least) [best, least] = [node, along + 2 * aside];
  }
  if (best === null) return;
  picture.cursor = best;
  picture.network.redraw();
  say(word("chosen", { name: nameOf(best), type: typeName(best), claims: counted(claimsOf(best).length) }));
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function networkKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (STEPS[event.key]) walk(...STEPS[event.key]);
  else if (event.key === "Enter" && picture.cursor !== null) choose(picture.cursor);
  else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "0") fit();
  else return;
  event.preventDefault();
}
