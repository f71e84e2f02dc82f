// Everything that is seen follows from `state`: `refresh` shows it anew after each choice.

let shown = null; // what look() found last
let language = "";
const NARROW = 900; // as in style.css

function refresh() {
  if (language !== state.language) speak();
  shown = look();
  document.body.dataset.view = state.view;
  byId("picture").hidden = state.view !== "graph";
  byId("claims").hidden = state.view !== "table";
  byId("query").hidden = state.view !== "query";
  byId("graph-button").setAttribute("aria-pressed", String(state.view === "graph"));
  byId("table-button").setAttribute("aria-pressed", String(state.view === "table"));
  byId("query-button")?.setAttribute("aria-pressed", String(state.view === "query"));
  byId("undo").disabled = steps === 0;
  drawPanel();
  drawFilters();
  if (state.view === "graph") draw(shown);
  drawTable();
  drawQuery();
  drawSummary();
}

function drawSummary() {
  const articlesSeen = new Set(shown.claims.map((claim) => sentences[claim.sentence].article)).size;
  const counts = [counted(shown.claims.length), amount(everyNode(shown.claims).length, "actor", "actors"), amount(articlesSeen, "article", "articles")];
  const days = shown.claims.map((claim) => claim.date).filter(Boolean).sort();
  const ends = days.length ? [dateName(days[0]), dateName(days[days.length - 1])] : [];
  const period = ends.length && ends[0] !== ends[1] ? word("period", { from: ends[0], to: ends[1] }) : ends[0];
  byId("summary").textContent = [...counts, period].filter(Boolean).join(" · ");
  const some = shown.drawn.size < shown.known;
  byId("drawn").textContent = some ? word("drawn", { drawn: shown.drawn.size, all: shown.known.toLocaleString(state.language) }) : shown.claims.length ? "" : word("nothing");
}

// Put the words of the chosen language everywhere.
function speak() {
  language = state.language;
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", word(element.dataset.label));
  for (const element of document.querySelectorAll("[data-hint]")) element.setAttribute(element.id === "search" ? "placeholder" : "title", word(element.dataset.hint));
  byId("language").setAttribute("aria-label", `${word("otherCode")}: ${word("language")}`); // the name holds what is seen
  byId("language").querySelector(".short").textContent = word("otherCode");
  byId("language").querySelector(".long").textContent = word("other");
  buildFilters();
  legend();
}

function say(text) {
  byId("said").textContent = text;
}

function turnTheme() {
  chosenTheme = isDark() ? "light" : "dark";
  showTheme();
}

function showTheme() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  buildFilters();
  legend();
  if (shown) refresh();
}

function pageKeys(event) {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing) {
    byId("search").focus();
    event.preventDefault();
  } else if (event.key === "Escape" && event.target.id !== "search") {
    if (byId("export").open) byId("export").open = false;
    else if (!byId("panel").hidden) closePanel();
    else if (innerWidth <= NARROW) openFilters(false);
  }
}

function openFilters(open) {
  document.body.classList.toggle("with-filters", open);
  byId("filter-button").setAttribute("aria-expanded", String(open));
}

function showTableFirst() {
  change({ view: "table" });
  byId("claims").focus();
}

function listen() {
  addEventListener("hashchange", followAddress);
  addEventListener("keydown", pageKeys);
  darkBySystem.addEventListener("change", showTheme);
  byId("skip").addEventListener("click", showTableFirst);
  byId("graph-button").addEventListener("click", () => change({ view: "graph" }));
  byId("table-button").addEventListener("click", () => change({ view: "table" }));
  byId("query-button")?.addEventListener("click", () => change({ view: "query" }));
  byId("undo").addEventListener("click", () => history.back());
  byId("theme").addEventListener("click", turnTheme);
  byId("language").addEventListener("click", () => change({ language: Object.keys(words).find((other) => other !== state.language) }));
  byId("filter-button").addEventListener("click", () => openFilters(!document.body.classList.contains("with-filters")));
  byId("network").addEventListener("keydown", networkKeys);
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("zoom-fit").addEventListener("click", fit);
  listenSearch();
  listenExport();
}

written = location.hash.slice(1);
Object.assign(state, parse(written));
byId("legend").open = innerWidth > NARROW;
openFilters(innerWidth > NARROW);
document.documentElement.dataset.theme = isDark() ? "dark" : "light";
listen();
refresh();
