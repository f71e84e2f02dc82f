// What the reader has chosen. It stands in the address after "#", so that a view can be linked and the browser's "back" undoes.

const SETS = ["norelation", "nostatus", "notype"];
const state = fresh();
let steps = 0; // how many choices "undo" can take back
let written = "";

function fresh() {
  return {
    language: settings.language,
    view: "graph",
    node: null, // the node whose evidence is open
    edge: null, // or the two ends of an edge
    path: null, // or the two ends of a path; the second is null while the reader chooses it
    around: 0, // steps of the neighbourhood that alone is drawn; 0: everything
    norelation: new Set(),
    nostatus: new Set(),
    notype: new Set(),
    contested: false,
    source: "", // "": anyone; "-": the article itself; else what sourceOf gives
    outlet: "",
    since: "",
    until: "",
    sort: "-date",
    query: "", // the last question in SPARQL
  };
}

const sourceOf = (claim) => (claim.source !== null ? nodes[claim.source].key : claim.sourceText || "-");

function format() {
  const parts = new URLSearchParams();
  const start = fresh();
  for (const key of ["language", "view", "source", "outlet", "since", "until", "sort", "query"]) {
    if (state[key] !== start[key]) parts.set(key, state[key]);
  }
  for (const key of SETS) for (const value of [...state[key]].sort()) parts.append(key, value);
  if (state.contested) parts.set("contested", "1");
  if (state.node !== null) parts.set("node", nodes[state.node].key);
  if (state.node !== null && state.around) parts.set("around", state.around);
  for (const key of ["edge", "path"]) {
    for (const end of state[key] || []) if (end !== null) parts.append(key, nodes[end].key);
  }
  return parts.toString();
}

function parse(text) {
  const parts = new URLSearchParams(text);
  const next = fresh();
  for (const key of ["source", "outlet", "since", "until", "sort", "query"]) next[key] = parts.get(key) || next[key];
  if (Object.keys(words).includes(parts.get("language"))) next.language = parts.get("language");
  if (parts.get("view") === "table" || (parts.get("view") === "query" && hasEngine)) next.view = parts.get("view");
  for (const key of SETS) next[key] = new Set(parts.getAll(key));
  next.contested = parts.get("contested") === "1";
  const find = (key) => parts.getAll(key).map((value) => nodeOfKey.get(value));
  const known = (ends) => ends.length && ends.every((end) => end !== undefined);
  const [node, edge, path] = ["node", "edge", "path"].map(find);
  if (known(node)) next.node = node[0];
  if (known(node)) next.around = Math.min(2, Number(parts.get("around")) || 0);
  if (known(edge) && edge.length === 2) next.edge = edge;
  if (known(path)) next.path = [path[0], path.length > 1 ? path[1] : null];
  return next;
}

// Take a choice over and show it. While a slider moves (`lasting` false) the address waits.
function change(patch, lasting = true) {
  Object.assign(state, patch);
  const text = format();
  if (lasting && text !== written) {
    written = text;
    steps += 1;
    location.hash = text;
  }
  refresh();
}

function followAddress() {
  const text = location.hash.slice(1);
  if (text === written) return;
  written = text;
  steps = Math.max(0, steps - 1);
  Object.assign(state, parse(text));
  refresh();
}

const openNode = (node, around = 0) => change({ node, around, edge: null, path: null });
const openEdge = (from, to) => change({ edge: [from, to], node: null, around: 0, path: null });
const openPath = (from, to) => change({ path: [from, to], node: null, around: 0, edge: null });
const closePanel = () => change({ node: null, around: 0, edge: null, path: null });

// A click on an actor opens it, unless the reader is choosing the end of a path.
function choose(node) {
  if (state.path && state.path[1] === null && state.path[0] !== node) openPath(state.path[0], node);
  else openNode(node, state.around);
}

function toggled(set, value) {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}
