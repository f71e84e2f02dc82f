// The data of the page: tables written by kgraph/page/tables.py, read once and never changed.

async function unpack({ type, textContent }) {
  if (type === "application/json") return JSON.parse(textContent);
  const bytes = Uint8Array.from(atob(textContent), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}
const blocks = [...document.querySelectorAll("script[id^=data-]")];
const tables = new Map(await Promise.all(blocks.map(async (block) => [block.id.slice(5), await unpack(block)])));
const read = (name) => tables.get(name);
const byId = (id) => document.getElementById(id);
const settings = read("settings");
const words = read("words");
const nodes = read("nodes");
const relations = read("relations");
const sentences = read("sentences").map(([text, language, article]) => ({ text, language, article }));
const articles = read("articles").map(([title, outlet, date, url, language]) => ({ title, outlet, date, url, language }));
const STATUSES = ["asserted", "planned", "possible"];
const STANCES = [null, "says", "denies"];
const GROUPS = ["conflict", "contact", "cooperation", "ties"];
const TYPES = ["CTY", "PER", "ORG", "GRP", "LOC", "EVT", "DOC", "WPN"];

const claims = read("claims").map((row, number) => ({
  number,
  key: row[0],
  subject: row[1],
  relation: row[2],
  object: row[3],
  status: STATUSES[row[4]],
  negated: Boolean(row[5] & 1),
  contested: Boolean(row[5] & 2),
  assumed: Boolean(row[5] & 4),
  source: row[6],
  sourceText: row[7],
  stance: STANCES[row[8]],
  eventDate: row[9],
  reportDate: row[10],
  office: row[11],
  sentence: row[12],
  marks: row[13],
  confidence: row[14],
  date: row[9] || row[10],
}));

const edges = read("edges").map((edge, number) => ({ number, from: edge.from, to: edge.to, claims: edge.c }));
const edgeOfClaim = new Int32Array(claims.length);
const edgesOfNode = nodes.map(() => []);
for (const edge of edges) {
  for (const claim of edge.claims) edgeOfClaim[claim] = edge.number;
  edgesOfNode[edge.from].push(edge);
  if (edge.to !== edge.from) edgesOfNode[edge.to].push(edge);
}
const nodeOfKey = new Map(nodes.map((node, number) => [node.key, number]));
const articleOf = (claim) => articles[sentences[claim.sentence].article];
const weightOf = (claim) => relations[claim.relation].weight;
const isDenied = (claim) => claim.negated || claim.stance === "denies";

// Talk is not yet help: PLOVER's verbal types, and a user's relations of little weight, are contact.
const CONTACT = ["CONSULT", "AGREE", "REQUEST"];
function groupOf(relation) {
  if (relation.weight === null) return "ties";
  if (relation.weight < 0) return "conflict";
  return CONTACT.includes(relation.plover) || relation.weight <= 2.5 ? "contact" : "cooperation";
}

// Words of the reader's language. `{name}` in a word is a place for a value.
function word(key, values = {}) {
  return words[state.language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
const amount = (n, one, many) => `${n.toLocaleString(state.language)} ${word(n === 1 ? one : many)}`;
const counted = (n) => amount(n, "claim", "claims");
const nameOf = (number) => (nodes[number].labels && nodes[number].labels[state.language]) || nodes[number].label;
const relationName = (number) => relations[number].labels[state.language] || relations[number].name;
const typeName = (number) => words[state.language][nodes[number].group] || nodes[number].group;
const sourceName = (claim) => claim.sourceText || (claim.source === null ? "" : nameOf(claim.source));

// "2023", "2023-09" and "2023-09-12" as a reader writes them.
function dateName(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  if (!month) return iso;
  const form = day ? { day: "numeric", month: "short", year: "numeric" } : { month: "short", year: "numeric" };
  const locale = state.language === "en" ? "en-GB" : state.language;
  return new Intl.DateTimeFormat(locale, { ...form, timeZone: "UTC" }).format(Date.UTC(year, month - 1, day || 1));
}

// An element with text and children: `make("p", { class: "note" }, "text", child)`. Text is never read as markup.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
const name = (text) => make("bdi", {}, text);

function makeSvg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// A link to an article; only the web's own addresses become links.
function link(url, ...children) {
  if (!url || !/^https?:\/\//i.test(url)) return make("span", {}, ...children);
  return make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}
