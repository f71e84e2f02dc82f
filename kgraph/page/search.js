// The search box: names and other names in every language, with or without accents.

const MOST = 12;
const fold = (text) => text.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "").toLowerCase().trim();
const namesFolded = nodes.map(({ label, labels = {}, aliases = [], code }) =>
  [...new Set([label, ...Object.values(labels), ...aliases, ...(code ? [code] : [])])].map((text) => [text, fold(text)]));
let hits = [];
let active = -1;

// 0 the name itself, 1 a name that starts so, 2 a word in a name, 3 anywhere; null no hit
function closeness(folded, sought) {
  const at = folded.indexOf(sought);
  if (at < 0) return null;
  if (at === 0) return folded.length === sought.length ? 0 : 1;
  return /[\s\-(.]/.test(folded[at - 1]) ? 2 : 3;
}

// Nodes with the name that made each a hit; among equals the node with more claims first.
function find(text) {
  const sought = fold(text);
  if (!sought) return [];
  const found = [];
  for (let node = 0; node < nodes.length; node += 1) {
    let best = null;
    for (const [name, folded] of namesFolded[node]) {
      const rank = closeness(folded, sought);
      if (rank !== null && (best === null || rank < best.rank)) best = { node, rank, name };
    }
    if (best) found.push(best);
  }
  return found.sort((a, b) => a.rank - b.rank || a.node - b.node).slice(0, MOST);
}

function showHits() {
  const box = byId("search");
  const list = byId("hits");
  hits = find(box.value);
  active = hits.length ? 0 : -1;
  const item = ({ node, name: hit }, index) => make("li", { role: "option", id: `hit-${index}`, onclick: () => take(index) },
    shapeIcon(nodes[node].group), make("span", {}, name(nameOf(node)), hit === nameOf(node) ? null : make("small", {}, " ", name(hit))));
  list.replaceChildren(...hits.map(item));
  if (!hits.length) list.append(make("li", { class: "none" }, word("noHits")));
  list.hidden = !fold(box.value);
  box.setAttribute("aria-expanded", String(!list.hidden));
  mark();
}

function mark() {
  byId("hits").querySelectorAll("[role=option]").forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
  const item = byId(`hit-${active}`);
  if (item) item.scrollIntoView({ block: "nearest" });
  if (item && !byId("hits").hidden) byId("search").setAttribute("aria-activedescendant", item.id);
  else byId("search").removeAttribute("aria-activedescendant");
}

function hideHits() {
  byId("hits").hidden = true;
  byId("search").setAttribute("aria-expanded", "false");
  byId("search").removeAttribute("aria-activedescendant");
}

// A hit that the picture does not hold brings its neighbourhood with it.
function take(index) {
  const { node } = hits[index];
  byId("search").value = "";
  hideHits();
  if (state.path && state.path[1] === null) choose(node);
  else openNode(node, shown.drawn.has(node) ? state.around : 1);
}

function searchKeys(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!hits.length) return;
    active = (active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
    mark();
  } else if (event.key === "Enter" && active >= 0) take(active);
  else if (event.key === "Escape") hideHits();
  else return;
  event.preventDefault();
}

function listenSearch() {
  const box = byId("search");
  box.addEventListener("input", showHits);
  box.addEventListener("keydown", searchKeys);
  box.addEventListener("blur", () => setTimeout(hideHits, 200));
  box.addEventListener("focus", () => box.value && showHits());
}
