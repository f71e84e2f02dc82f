// The evidence: what is chosen, and the sentences that say so.

const claimsOf = (node) => edgesOfNode[node].flatMap((edge) => shown.byEdge.get(edge.number) || []);
const between = (from, to) => edges.filter((edge) => edge.from === from && edge.to === to).flatMap((edge) => shown.byEdge.get(edge.number) || []);
let opened = ""; // what the panel showed last

function drawPanel() {
  const panel = byId("panel");
  const content = state.node !== null ? nodePanel(state.node) : state.edge ? edgePanel(...state.edge) : state.path ? pathPanel(...state.path) : null;
  panel.hidden = content === null;
  document.body.classList.toggle("with-panel", content !== null);
  const key = JSON.stringify([state.node, state.edge, state.path]);
  if (content) panel.replaceChildren(make("button", { class: "close", type: "button", "aria-label": word("close"), onclick: closePanel }, "✕"), ...content.filter(Boolean));
  if (content && key !== opened) {
    panel.scrollTop = 0;
    say(panel.querySelector("h2").textContent);
  }
  opened = key;
}

const button = (text, onclick, attributes = {}) => make("button", { type: "button", onclick, ...attributes }, text);
const nodeButton = (node) => button(name(nameOf(node)), () => choose(node), { class: "link" });

function edgePanel(from, to) {
  const there = between(from, to);
  const back = between(to, from);
  const heading = make("h2", {}, nodeButton(from), " → ", nodeButton(to));
  const parts = [heading, make("p", { class: "note" }, counted(there.length)), timeline([...there, ...back]), ...facts(there)];
  if (!there.length) parts.push(make("p", {}, word("nothing")));
  if (back.length) parts.push(make("h3", { class: "turn" }, `${word("otherDirection")}: `, name(nameOf(to)), " → ", name(nameOf(from))), ...facts(back));
  return parts;
}

// Claims by relation; where they are contested, the sides stand next to each other.
function facts(list) {
  const byRelation = groupBy(list, (claim) => claim.relation);
  return [...byRelation]
    .sort((a, b) => b[1].length - a[1].length || a[0] - b[0])
    .map(([relation, same]) => {
      const contested = same.some((claim) => claim.contested);
      const dot = make("span", { class: "dot", "aria-hidden": "true" });
      dot.style.background = weightColor(relations[relation].weight);
      const heading = make("h3", {}, dot, relationName(relation), contested ? make("span", { class: "chip contested" }, `≠ ${word("contested")}`) : null);
      return make("section", { class: "fact" }, heading, contested ? sides(same) : make("div", {}, ...cards(same)));
    });
}

function groupBy(list, keyOf) {
  const groups = new Map();
  for (const item of list) {
    const key = keyOf(item);
    if (groups.has(key)) groups.get(key).push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function sides(list) {
  const column = (title, claims) => (claims.length ? make("div", { class: "side" }, make("h4", {}, title), ...cards(claims)) : null);
  const denied = list.filter(isDenied);
  const said = list.filter((claim) => !isDenied(claim) && claim.stance);
  const open = list.filter((claim) => !isDenied(claim) && !claim.stance);
  return make("div", { class: "sides" },
    make("div", { class: "side" }, column(word("saysSide"), said), column(word("otherSide"), open)),
    column(word("deniesSide"), denied));
}

// One card for each sentence, newest first, with every claim that it makes here.
function cards(list) {
  const latest = [...list].sort((a, b) => (b.date || "").localeCompare(a.date || "") || a.number - b.number);
  return [...groupBy(latest, (claim) => claim.sentence).values()].map(card);
}

function card(same) {
  const sentence = sentences[same[0].sentence];
  const article = articles[sentence.article];
  const origin = [article.outlet, article.date && dateName(article.date)].filter(Boolean).join(", ");
  return make("article", { class: "card" },
    make("blockquote", { lang: sentence.language, dir: "auto" }, ...marked(sentence.text, same[0].marks)),
    ...same.map(circumstances),
    make("p", { class: "origin" }, link(article.url, name(article.title || word("noTitle"))), origin ? make("span", {}, ` · `, name(origin)) : null));
}

// Offsets count characters, not UTF-16 units.
function marked(text, marks) {
  const letters = [...text];
  if (!marks) return [text];
  const spans = [0, 1, 2].map((part) => [marks[2 * part], marks[2 * part + 1], ["subject", "trigger", "object"][part]]);
  const parts = [];
  let at = 0;
  for (const [from, to, role] of spans.sort((a, b) => a[0] - b[0])) {
    if (from < at || to <= from || to > letters.length) continue;
    parts.push(letters.slice(at, from).join(""), make("mark", { class: role }, letters.slice(from, to).join("")));
    at = to;
  }
  return [...parts, letters.slice(at).join("")];
}

const chip = (kind, text = word(kind)) => make("span", { class: `chip ${kind}` }, text);

function circumstances(claim) {
  const who = sourceName(claim);
  return make("p", { class: "circumstances" },
    chip(claim.status),
    claim.negated ? chip("negated") : null,
    who ? make("span", { class: claim.stance }, name(word(claim.stance === "denies" ? "deniedBy" : "saidBy", { who }))) : null,
    claim.office ? make("span", {}, name(word("as", { office: claim.office }))) : null,
    claim.eventDate ? make("time", { datetime: claim.eventDate }, dateName(claim.eventDate)) : null,
    claim.eventDate && claim.assumed ? make("span", { class: "note" }, word("assumed")) : null,
    !claim.eventDate && claim.reportDate ? make("span", { class: "note" }, word("reported", { date: dateName(claim.reportDate) })) : null);
}

// Score by date between two actors. Only what is asserted and not denied counts.
function timeline(list) {
  const counts = list.filter((claim) => claim.status === "asserted" && !isDenied(claim) && claim.date && weightOf(claim) !== null);
  const days = [...groupBy(counts, (claim) => claim.date)].sort((a, b) => a[0].localeCompare(b[0]));
  if (days.length < 2) return null;
  const scores = days.map(([, same]) => same.reduce((sum, claim) => sum + weightOf(claim), 0));
  const most = Math.max(...scores.map(Math.abs), 1);
  const step = 300 / days.length;
  const width = Math.min(24, step - 2);
  const bars = days.map(([day], index) => {
    const height = Math.max(1, (Math.abs(scores[index]) / most) * 26);
    const bar = { x: (index + 0.5) * step - width / 2, y: scores[index] < 0 ? 30 : 30 - height, width, height, fill: weightColor(scores[index]) };
    return makeSvg("rect", bar, makeSvg("title", {}, `${dateName(day)}: ${scores[index]}`));
  });
  const axis = makeSvg("line", { x1: 0, x2: 300, y1: 30, y2: 30, stroke: theme().faint });
  const label = days.map(([day], index) => `${dateName(day)}: ${scores[index]}`).join("; ");
  const svg = makeSvg("svg", { viewBox: "0 0 300 60", preserveAspectRatio: "none", role: "img", "aria-label": label }, ...bars, axis);
  const ends = make("p", { class: "ends" }, make("span", {}, dateName(days[0][0])), make("span", {}, dateName(days[days.length - 1][0])));
  return make("details", { class: "timeline", open: true }, make("summary", {}, word("timeline")), svg, ends, make("p", { class: "note" }, word("timelineNote")));
}

function nodePanel(node) {
  const { group, code } = nodes[node];
  const list = claimsOf(node);
  const kind = make("p", { class: "note" }, [typeName(node), code, counted(list.length)].filter(Boolean).join(" · "));
  const other = otherNames(node);
  const names = other.length ? make("p", { class: "note names" }, name(word("also", { names: other.join(", ") }))) : null;
  return [
    make("h2", {}, shapeIcon(group), name(nameOf(node))), kind, names, aroundButtons(node),
    ...partners(list.filter((claim) => does(claim, node)), "does", node),
    ...partners(list.filter((claim) => !does(claim, node)), "undergoes", node),
    ...partners(shown.claims.filter((claim) => claim.source === node), "speaks", node),
  ];
}

function lineOf({ subject, relation, object }) {
  const ends = [subject, object];
  return `${relation} ${relations[relation].symmetric ? ends.sort() : ends}`;
}

const does = (claim, node) => claim.subject === node || relations[claim.relation].symmetric;

function otherNames(node) {
  const { aliases = [], labels = {}, label } = nodes[node];
  return [...new Set([label, ...Object.values(labels), ...aliases])].filter((other) => other !== nameOf(node));
}

function shapeIcon(group) {
  return makeSvg("svg", { viewBox: "0 0 30 22", class: "icon", "aria-hidden": "true" }, svgShape(group, 15, 11, 9, typeColor(group)));
}

function aroundButtons(node) {
  const choice = (around, text) => button(text, () => change({ around }), { "aria-pressed": String(state.around === around) });
  return make("div", { class: "around" },
    make("span", { class: "pair", role: "group", "aria-label": word("around") },
      choice(0, word("everything")), choice(1, word("oneStep")), choice(2, word("twoSteps"))),
    button(word("pathFrom"), () => openPath(node, null), { id: "path-from" }));
}

// What an actor does or undergoes: a line for each relation and partner, that opens the evidence.
function partners(list, title, node) {
  if (!list.length) return [];
  const lines = [...groupBy(list, lineOf).values()].sort((a, b) => b.length - a.length);
  const line = (same) => {
    const [{ subject, relation, object, number }] = same;
    const { from, to } = edges[edgeOfClaim[number]];
    const words = title === "does" ? [relationName(relation), " ", name(nameOf(subject === node ? object : subject))]
      : [name(nameOf(subject)), " ", relationName(relation), ...(title === "speaks" ? [" ", name(nameOf(object))] : [])];
    const marks = [same.some((claim) => claim.contested) ? "≠" : "", same.length > 1 ? `${same.length}×` : ""].filter(Boolean).join(" ");
    const dot = make("span", { class: "dot", "aria-hidden": "true" });
    dot.style.background = weightColor(relations[relation].weight);
    return make("li", {}, make("button", { type: "button", onclick: () => openEdge(from, to) }, dot, make("span", {}, ...words), make("span", { class: "count" }, marks)));
  };
  return [make("h3", {}, word(title)), make("ul", { class: "partners" }, ...lines.map(line))];
}

function pathPanel(from, to) {
  if (to === null) return [make("h2", {}, name(word("path", { from: nameOf(from), to: "…" }))), make("p", {}, word("pathPick"))];
  const nodesOnPath = [...shown.near.keys()];
  const heading = make("h2", {}, name(word("path", { from: nameOf(from), to: nameOf(to) })));
  const legs = nodesOnPath.slice(1).map((node, index) => [nodesOnPath[index], node]);
  if (!legs.length || legs.some(([a, b]) => !between(a, b).length && !between(b, a).length)) return [heading, make("p", {}, word("noPath"))];
  return [heading, ...legs.flatMap(([a, b]) => [
    make("h3", { class: "turn" }, name(nameOf(a)), " – ", name(nameOf(b))), ...facts([...between(a, b), ...between(b, a)])])];
}
