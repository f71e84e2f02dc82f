// Every claim under the same filters as a table: the equal of the picture for the eye, the keyboard and the screen reader.

const PAGE = 200;
let rowsShown = PAGE;
const COLUMNS = [
  ["date", (claim) => claim.date || ""],
  ["subject", (claim) => nameOf(claim.subject)],
  ["relation", (claim) => relationName(claim.relation)],
  ["object", (claim) => nameOf(claim.object)],
  ["status", (claim) => statusText(claim)],
  ["saidByColumn", (claim) => speaker(claim)],
  ["sentence", (claim) => sentences[claim.sentence].text],
  ["articleColumn", (claim) => articleOf(claim).title || ""],
  ["outlet", (claim) => articleOf(claim).outlet || ""],
];

const statusText = (claim) =>
  [word(claim.status), claim.negated ? word("negated") : "", claim.stance === "denies" ? word("denied") : "", claim.contested ? word("contested") : ""].filter(Boolean).join(", ");
const speaker = (claim) => (sourceName(claim) ? `${sourceName(claim)} (${word(claim.stance || "says")})` : "");

// The claims that the picture shows: those that pass, and within a neighbourhood or path only theirs.
function listed() {
  const list = shown.near ? shown.claims.filter((claim) => shown.near.has(claim.subject) && shown.near.has(claim.object)) : shown.claims;
  const [, valueOf] = COLUMNS.find(([key]) => key === state.sort.replace("-", "")) || COLUMNS[0];
  const turn = state.sort.startsWith("-") ? -1 : 1;
  const keyed = list.map((claim) => [valueOf(claim), claim]);
  const { compare } = new Intl.Collator(state.language);
  return keyed.sort((a, b) => turn * compare(a[0], b[0]) || a[1].number - b[1].number).map(([, claim]) => claim);
}

function drawTable() {
  const section = byId("claims");
  if (state.view !== "table") return;
  const list = listed();
  const body = make("tbody", {}, ...list.slice(0, rowsShown).map(row));
  const table = make("table", {}, make("caption", {}, word("rows", { shown: Math.min(rowsShown, list.length), all: list.length.toLocaleString(state.language) })),
    make("thead", {}, make("tr", {}, ...COLUMNS.slice(0, 7).map(([key]) => header(key)), make("th", { scope: "col" }, word("articleColumn")))), body);
  section.replaceChildren(table);
  if (list.length > rowsShown) section.append(button(word("moreRows"), () => showMore(), { id: "more-rows" }));
}

function showMore() {
  rowsShown += PAGE;
  drawTable();
}

function header(key) {
  const [by, down] = [state.sort.replace("-", ""), state.sort.startsWith("-")];
  const sorted = by === key ? (down ? "descending" : "ascending") : "none";
  const sign = { descending: " ↓", ascending: " ↑", none: "" }[sorted];
  const sort = () => {
    change({ sort: by === key && !down ? `-${key}` : key });
    byId("claims").querySelector(`[data-sort="${key}"]`).focus();
  };
  return make("th", { scope: "col", "aria-sort": sorted }, button(word(key) + sign, sort, { "data-sort": key, title: word("sortBy", { column: word(key) }) }));
}

function row(claim) {
  const article = articleOf(claim);
  const { from, to } = edges[edgeOfClaim[claim.number]];
  const open = button(relationName(claim.relation), () => openEdge(from, to), { class: "link", title: word("showEvidence") });
  const cell = (key, ...children) => make("td", { "data-column": word(key) }, ...children);
  return make("tr", {},
    cell("date", claim.date ? dateName(claim.date) : ""),
    cell("subject", nodeButton(claim.subject)),
    cell("relation", open),
    cell("object", nodeButton(claim.object)),
    cell("status", statusText(claim)),
    cell("saidByColumn", ...(speaker(claim) ? [name(speaker(claim))] : [])),
    make("td", { "data-column": word("sentence"), class: "wide", lang: sentences[claim.sentence].language, dir: "auto" }, ...marked(sentences[claim.sentence].text, claim.marks)),
    cell("articleColumn", link(article.url, name(article.title || word("noTitle"))), article.outlet ? make("small", {}, " ", name(article.outlet)) : null));
}

// A cell that a spreadsheet would run as a formula is held by an apostrophe.
function csvCell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function csv() {
  const lines = listed().map((claim) => [...COLUMNS.map(([, valueOf]) => valueOf(claim)), articleOf(claim).url || ""]);
  const heads = [...COLUMNS.map(([key]) => word(key)), "URL"];
  return `\ufeff${[heads, ...lines].map((line) => line.map(csvCell).join(",")).join("\r\n")}\r\n`;
}
