// Where nodes stand: in the whole picture where the file says, in a neighbourhood in rings, on a path in a row.

const RING = 150;
const SPACE = 64; // along a ring, between two nodes

function places(view) {
  const spots = wide(view);
  return isTall() ? new Map([...spots].map(([node, { x, y }]) => [node, { x: y, y: x }])) : spots;
}

// On a telephone held upright the picture lies on its side.
function isTall() {
  const { clientWidth, clientHeight } = byId("network");
  return clientHeight > 1.1 * clientWidth;
}

function wide(view) {
  if (state.path && state.path[1] !== null) return inRow([...view.drawn], view.near);
  if (view.near) return rings(view);
  return whole(view.drawn);
}

function inRow(drawn, near) {
  const ordered = drawn.sort((a, b) => near.get(a) - near.get(b));
  return new Map(ordered.map((node, step) => [node, { x: step * 230, y: (step % 2) * 70 }]));
}

// The focus in the middle; each ring as wide as its nodes need, a node beside the one that leads to it.
function rings(view) {
  const spots = new Map();
  const angles = new Map();
  let radius = 0;
  for (const step of [0, 1, 2]) {
    const ring = [...view.drawn].filter((node) => view.near.get(node) === step);
    radius = step ? Math.max(radius + RING, (ring.length * SPACE) / (2 * Math.PI)) : 0;
    const wish = new Map(ring.map((node) => [node, step > 1 ? parentAngle(node, angles, view) : nodes[node].group]));
    ring.sort((a, b) => (wish.get(a) < wish.get(b) ? -1 : wish.get(a) > wish.get(b) ? 1 : a - b));
    ring.forEach((node, index) => {
      const angle = (2 * Math.PI * index) / ring.length;
      angles.set(node, angle);
      spots.set(node, { x: Math.round(radius * 1.35 * Math.cos(angle)), y: Math.round(radius * Math.sin(angle)) });
    });
  }
  return spots;
}

function parentAngle(node, angles, view) {
  const parents = [...neighbours(node, view.byEdge)].filter((other) => view.near.get(other) === 1 && angles.has(other));
  return Math.min(...parents.map((other) => angles.get(other)), 7);
}

// A node that the file gives no place stands near its neighbours, a little aside by the golden angle.
function whole(drawn) {
  const spots = new Map();
  for (const node of drawn) if (nodes[node].x !== undefined) spots.set(node, { x: nodes[node].x, y: nodes[node].y });
  for (const node of drawn) {
    if (spots.has(node)) continue;
    const around = edgesOfNode[node].map((edge) => spots.get(edge.from === node ? edge.to : edge.from)).filter(Boolean);
    const middle = (axis) => around.reduce((sum, spot) => sum + spot[axis], 0) / Math.max(1, around.length);
    const [x, y] = [middle("x"), middle("y")];
    spots.set(node, { x: Math.round(x + 90 * Math.cos(node * 2.4)), y: Math.round(y + 90 * Math.sin(node * 2.4)) });
  }
  return spots;
}
