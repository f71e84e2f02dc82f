// A tab for questions in SPARQL, in pages that carry the engine. It runs in a worker, so that no question can block the page.

const ENGINE = ["code", "wasm", "graph"].map((part) => byId(`engine-${part}`));
const hasEngine = ENGINE.every(Boolean);
const ROWS_MOST = 500;
const query = { worker: null, running: false, asked: "", table: null, language: "" };

async function bytesOf({ textContent }) {
  const bytes = Uint8Array.from(atob(textContent), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

async function startEngine() {
  const [code, engine, graph] = await Promise.all(ENGINE.map(bytesOf));
  if (!query.running || query.worker) return; // stopped meanwhile
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  query.worker = new Worker(url);
  query.worker.onmessage = ({ data }) => (data.ready === undefined ? showAnswer(data) : ask());
  query.worker.onerror = (event) => showAnswer({ error: event.message || word("engineFails") });
  query.worker.postMessage({ engine, graph: new TextDecoder().decode(graph) }, [engine]);
}

// The prefixes stand in a line before the reader's first.
function ask() {
  const prefixes = Object.entries(settings.prefixes).map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>`);
  query.worker.postMessage({ query: `${prefixes.join(" ")}\n${query.asked}` });
}

function runQuery() {
  query.asked = byId("query-text").value;
  change({ query: query.asked });
  stopEngine(false);
  busy(true);
  if (query.worker) ask();
  else startEngine().catch((error) => showAnswer({ error: error.message }));
}

function busy(running) {
  query.running = running;
  byId("query-run").disabled = running;
  byId("query-stop").disabled = !running;
  if (running) byId("query-said").textContent = word("queryRuns");
}

// A question cannot be taken back: the engine is thrown away with it, and started again for the next one.
function stopEngine(told = true) {
  if (!query.running) return;
  query.worker?.terminate();
  query.worker = null;
  busy(false);
  if (told) byId("query-said").textContent = word("queryStopped");
}

function showAnswer({ error, triples, table }) {
  busy(false);
  const place = byId("query-answer");
  query.table = table ? JSON.parse(table) : null;
  byId("query-csv").disabled = !query.table?.results;
  const said = byId("query-said");
  said.classList.toggle("fault", Boolean(error));
  if (error) {
    said.textContent = error.replace(/\b(\d+):(\d+)/, (_, line, column) => `${line - 1}:${column}`);
    place.replaceChildren();
  } else if (triples !== undefined) {
    said.textContent = "";
    place.replaceChildren(make("pre", {}, triples));
  } else if (query.table.results) showRows(query.table, said, place);
  else {
    said.textContent = word(query.table.boolean ? "yes" : "no");
    place.replaceChildren();
  }
}

function showRows({ head: { vars }, results: { bindings } }, said, place) {
  const some = bindings.slice(0, ROWS_MOST);
  said.textContent = word("queryRows", { shown: some.length, all: bindings.length.toLocaleString(state.language) });
  const heads = vars.map((name) => make("th", { scope: "col" }, name));
  const line = (binding) => make("tr", {}, ...vars.map((name) => make("td", { "data-column": name }, ...term(binding[name]))));
  place.replaceChildren(make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...some.map(line))));
}

// An actor of the page opens it, a known name is short, an address of the web is a link.
function term(found) {
  if (!found) return [];
  if (found.type !== "uri") return [name(found.value)];
  const [prefix, iri] = Object.entries(settings.prefixes).find(([, start]) => found.value.startsWith(start)) || [null, ""];
  const rest = found.value.slice(iri.length);
  if (prefix === "ent" && nodeOfKey.has(decoded(rest))) return [nodeButton(nodeOfKey.get(decoded(rest)))];
  return [prefix ? name(`${prefix}:${rest}`) : link(found.value, name(found.value))];
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function queryCsv() {
  const { head, results } = query.table;
  const lines = results.bindings.map((binding) => head.vars.map((name) => binding[name]?.value ?? ""));
  save(`\ufeff${[head.vars, ...lines].map((line) => line.map(csvCell).join(",")).join("\r\n")}\r\n`, "text/csv;charset=utf-8", "query.csv");
}

function buildQuery() {
  const old = byId("query-text")?.value;
  const box = make("textarea", { id: "query-text", rows: 12, spellcheck: "false", dir: "ltr", "aria-describedby": "query-note" });
  box.value = old ?? (state.query || settings.queries[0][1]);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !query.running) runQuery();
  });
  const ready = make("select", { id: "query-ready" }, make("option", { value: "" }, word("queryReady")),
    ...settings.queries.map(([titles], number) => make("option", { value: number }, titles[state.language] || titles.en)));
  ready.addEventListener("change", () => {
    if (ready.value) box.value = settings.queries[ready.value][1];
  });
  byId("query").replaceChildren(
    make("div", { class: "ask" },
      make("label", { class: "chooser" }, make("span", {}, word("queryReadyLabel")), ready),
      make("label", { class: "chooser" }, make("span", {}, word("queryText")), box),
      make("p", { id: "query-note", class: "note" }, word("queryNote")),
      make("p", { class: "buttons" },
        button(word("queryRun"), runQuery, { id: "query-run" }),
        button(word("queryStop"), () => stopEngine(), { id: "query-stop", disabled: true }),
        button("CSV", queryCsv, { id: "query-csv", disabled: true }))),
    make("p", { id: "query-said", role: "status" }), make("div", { id: "query-answer", tabindex: 0, role: "region", "aria-label": word("queryAnswer") }));
}

// Built when it is first looked at, and anew for another language.
function drawQuery() {
  if (state.view !== "query" || query.language === state.language) return;
  stopEngine(false);
  query.language = state.language;
  query.table = null;
  buildQuery();
}
