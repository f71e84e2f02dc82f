// Which claims pass the filters, and which actors are drawn for them.

const relationHidden = () => relations.map((relation) => state.norelation.has(relation.name));

// Dates of different precision compare by their first day.
const firstDay = (iso) => (iso.length === 4 ? `${iso}-01-01` : iso.length === 7 ? `${iso}-01` : iso);

function inTime(claim) {
  if (!state.since && !state.until) return true;
  if (!claim.date) return false;
  const day = firstDay(claim.date);
  return (!state.since || day >= state.since) && (!state.until || day <= state.until);
}

function passes(claim, hidden) {
  return (
    !hidden[claim.relation] &&
    !state.nostatus.has(claim.status) &&
    !state.notype.has(nodes[claim.subject].group) &&
    !state.notype.has(nodes[claim.object].group) &&
    (!state.contested || claim.contested) &&
    (!state.source || sourceOf(claim) === state.source) &&
    (!state.outlet || articleOf(claim).outlet === state.outlet)
  );
}

// What is visible now: { claims, byEdge: edge number -> claims, near: drawn nodes -> steps from the focus, drawn, undrawn }
function look() {
  const hidden = relationHidden();
  const before = claims.filter((claim) => passes(claim, hidden));
  const passed = before.filter(inTime);
  const byEdge = new Map();
  for (const claim of passed) {
    const number = edgeOfClaim[claim.number];
    if (byEdge.has(number)) byEdge.get(number).push(claim);
    else byEdge.set(number, [claim]);
  }
  const near = focus(byEdge);
  const chosen = near ? [...near.keys()] : everyNode(passed);
  const open = [state.node, ...(state.edge || []), ...(state.path || [])].filter((node) => node !== null);
  const first = [...open.filter((node) => chosen.includes(node)), ...chosen];
  const drawn = new Set([...new Set(first)].slice(0, settings.drawn));
  return { claims: passed, anyTime: before, byEdge, near, drawn, known: chosen.length };
}

// Actors with a visible claim, those with the most claims first (their numbers are in that order).
function everyNode(passed) {
  const seen = new Set();
  for (const claim of passed) seen.add(claim.subject).add(claim.object);
  return [...seen].sort((a, b) => a - b);
}

function focus(byEdge) {
  if (state.path && state.path[1] !== null) {
    const found = shortest(state.path[0], state.path[1], byEdge);
    return new Map(found.map((node, step) => [node, step]));
  }
  return state.node !== null && state.around ? within(state.node, state.around, byEdge) : null;
}

function neighbours(node, byEdge) {
  const ends = edgesOfNode[node].filter((edge) => byEdge.has(edge.number));
  return new Set(ends.map((edge) => (edge.from === node ? edge.to : edge.from)));
}

// Nodes at most `most` steps from `start`, with their steps, nearest first.
function within(start, most, byEdge) {
  const steps = new Map([[start, 0]]);
  for (const [node, step] of steps) {
    if (step === most) continue;
    for (const next of neighbours(node, byEdge)) if (!steps.has(next)) steps.set(next, step + 1);
  }
  return steps;
}

// The nodes of a shortest path, or the two ends alone where there is none.
function shortest(start, end, byEdge) {
  const before = new Map([[start, null]]);
  for (const [node] of before) {
    if (node === end) break;
    for (const next of neighbours(node, byEdge)) if (!before.has(next)) before.set(next, node);
  }
  if (!before.has(end)) return [start, end];
  const path = [];
  for (let node = end; node !== null; node = before.get(node)) path.unshift(node);
  return path;
}

// How an edge looks for the claims of it that pass.
function summary(edge, passed) {
  const scored = passed.filter((claim) => weightOf(claim) !== null);
  const sum = scored.reduce((total, claim) => total + weightOf(claim), 0);
  const count = new Map();
  for (const claim of passed) count.set(claim.relation, (count.get(claim.relation) || 0) + 1);
  const held = passed.filter((claim) => !isDenied(claim));
  const best = Math.min(...(held.length ? held : passed).map((claim) => STATUSES.indexOf(claim.status)));
  return {
    weight: scored.length ? sum / scored.length : null,
    sentences: new Set(passed.map((claim) => claim.sentence)).size,
    relations: [...count].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([relation]) => relation),
    status: STATUSES[best],
    contested: passed.some((claim) => claim.contested),
    denied: !held.length,
    symmetric: passed.every((claim) => relations[claim.relation].symmetric),
  };
}
