// The filters beside the picture. They are built once; after each choice only counts, ticks and bars are renewed.

const STEPS_MOST = 48; // bars of the histogram
let periods = []; // { start, label, from, to } in order; each holds at least one claim

function buildFilters() {
  periods = timePeriods();
  const parts = [
    button(word("reset"), reset, { id: "reset" }),
    make("fieldset", { id: "relation-filter" }, make("legend", {}, word("relations")), ...GROUPS.map(relationGroup)),
    fieldset("status-filter", "statuses", STATUSES.map((status) => tick("nostatus", status, word(status))), contestedTick()),
    fieldset("type-filter", "types", TYPES.filter((type) => nodes.some((node) => node.group === type)).map((type) => tick("notype", type, word(type), shapeIcon(type)))),
    periods.length > 1 ? dateFilter() : null,
    chooser("source", sourceChoices()),
    chooser("outlet", outletChoices()),
  ];
  byId("filters").replaceChildren(...parts.filter(Boolean));
}

const fieldset = (id, title, ticks, ...rest) => make("fieldset", { id }, make("legend", {}, word(title)), ...ticks, ...rest);
const reset = () => change({ ...fresh(), language: state.language, view: state.view, sort: state.sort, node: state.node, edge: state.edge, path: state.path });

function tick(set, value, text, icon = null) {
  const box = make("input", { type: "checkbox", "data-set": set, "data-value": value });
  box.addEventListener("change", () => change({ [set]: toggled(state[set], value) }));
  return make("label", { class: "tick" }, box, icon, make("span", {}, text), make("span", { class: "count" }));
}

function contestedTick() {
  const box = make("input", { type: "checkbox", id: "contested-only" });
  box.addEventListener("change", () => change({ contested: box.checked }));
  return make("label", { class: "tick" }, box, make("span", {}, `≠ ${word("contestedOnly")}`));
}

function relationGroup(group) {
  const members = relations.map((relation, number) => ({ ...relation, number })).filter((relation) => groupOf(relation) === group);
  if (!members.length) return null;
  const all = make("input", { type: "checkbox", "data-group": group, "aria-label": word(group) });
  all.addEventListener("change", () => toggleGroup(members, all.checked));
  const dot = make("span", { class: "dot", "aria-hidden": "true" });
  dot.style.background = weightColor({ conflict: -7, contact: 1, cooperation: 8, ties: null }[group]);
  const ordered = members.sort((a, b) => (a.weight ?? 0) - (b.weight ?? 0) || relationName(a.number).localeCompare(relationName(b.number)));
  return make("div", { class: "group" }, all,
    make("details", {}, make("summary", {}, dot, word(group), make("span", { class: "count" })), ...ordered.map((relation) => tick("norelation", relation.name, relationName(relation.number)))));
}

function toggleGroup(members, visible) {
  const next = new Set(state.norelation);
  for (const { name: relation } of members) visible ? next.delete(relation) : next.add(relation);
  change({ norelation: next });
}

function chooser(key, choices) {
  const select = make("select", { id: `${key}-filter` }, ...choices.map(([value, text]) => make("option", { value }, text)));
  select.addEventListener("change", () => change({ [key]: select.value }));
  return choices.length > 2 ? make("label", { class: "chooser" }, make("span", {}, word(key)), select) : null;
}

function sourceChoices() {
  const groups = groupBy(claims, sourceOf);
  const rows = [...groups].filter(([value]) => value !== "-").map(([value, same]) => [value, same[0].source === null ? value : nameOf(same[0].source), same.length]);
  rows.sort((a, b) => b[2] - a[2] || a[1].localeCompare(b[1]));
  return [["", word("anyone")], ["-", word("articleItself")], ...rows.map(([value, text, count]) => [value, `${text} (${count})`])];
}

function outletChoices() {
  const outlets = [...new Set(articles.map((article) => article.outlet).filter(Boolean))].sort();
  return [["", word("anyOutlet")], ...outlets.map((outlet) => [outlet, outlet])];
}

// Days where there are few, else months, else years.
function timePeriods() {
  const dates = [...new Set(claims.map((claim) => claim.date).filter(Boolean))].sort();
  const lengths = [10, 7, 4].map((length) => [...groupBy(dates, (date) => firstDay(date).slice(0, length))]);
  const chosen = lengths.find((groups) => groups.length <= STEPS_MOST) || lengths[2];
  return chosen.map(([start, same]) => {
    const days = same.map(firstDay).sort();
    return { start, label: same.length === 1 ? same[0] : start, from: days[0], to: days[days.length - 1] };
  });
}

function dateFilter() {
  const range = (id, key) => {
    const input = make("input", { type: "range", id, min: 0, max: periods.length - 1, step: 1, "aria-label": word(key) });
    input.addEventListener("input", () => pickDates(key, Number(input.value), false));
    input.addEventListener("change", () => pickDates(key, Number(input.value), true));
    return input;
  };
  return make("fieldset", { id: "date-filter" }, make("legend", {}, word("dates")), makeSvg("svg", { id: "histogram", viewBox: "0 0 240 48", preserveAspectRatio: "none", "aria-hidden": "true" }),
    make("div", { class: "ranges" }, range("since", "since"), range("until", "until")), make("p", { id: "dates-chosen" }), make("p", { class: "note", id: "undated" }, word("undated")));
}

function chosenPeriods() {
  const first = periods.findIndex((period) => period.to >= state.since);
  const last = state.until ? periods.findLastIndex((period) => period.from <= state.until) : periods.length - 1;
  return [first < 0 ? periods.length - 1 : first, Math.max(0, last)];
}

function pickDates(key, index, lasting) {
  let [first, last] = chosenPeriods();
  if (key === "since") [first, last] = [index, Math.max(index, last)];
  else [first, last] = [Math.min(first, index), index];
  const end = periods.length - 1;
  change({ since: first > 0 ? periods[first].from : "", until: last < end ? periods[last].to : "" }, lasting);
}

function drawFilters() {
  const count = (keyOf) => groupBy(shown.claims, keyOf);
  const byRelation = count((claim) => relations[claim.relation].name);
  const byStatus = count((claim) => claim.status);
  for (const box of byId("filters").querySelectorAll("[data-set]")) {
    const { set, value } = box.dataset;
    box.checked = !state[set].has(value);
    const counts = { norelation: byRelation, nostatus: byStatus }[set];
    if (counts) box.parentElement.querySelector(".count").textContent = (counts.get(value) || []).length || "";
  }
  for (const box of byId("filters").querySelectorAll("[data-group]")) drawGroup(box);
  byId("contested-only").checked = state.contested;
  for (const key of ["source", "outlet"]) if (byId(`${key}-filter`)) byId(`${key}-filter`).value = state[key];
  byId("reset").hidden = !isFiltered();
  byId("filter-button").classList.toggle("on", isFiltered());
  if (periods.length > 1) drawDates();
}

const isFiltered = () =>
  Boolean(state.norelation.size || state.nostatus.size || state.notype.size || state.contested || state.source || state.outlet || state.since || state.until);

function drawGroup(box) {
  const members = relations.filter((relation) => groupOf(relation) === box.dataset.group);
  const hidden = members.filter((relation) => state.norelation.has(relation.name)).length;
  box.checked = hidden < members.length;
  box.indeterminate = hidden > 0 && hidden < members.length;
  const here = shown.claims.filter((claim) => groupOf(relations[claim.relation]) === box.dataset.group);
  box.parentElement.querySelector("summary .count").textContent = here.length || "";
}

function drawDates() {
  const [first, last] = chosenPeriods();
  const counts = new Array(periods.length).fill(0);
  const place = new Map(periods.map((period, index) => [period.start, index]));
  const length = periods[0].start.length;
  for (const claim of shown.anyTime) if (claim.date) counts[place.get(firstDay(claim.date).slice(0, length))] += 1;
  const most = Math.max(1, ...counts);
  const step = 240 / periods.length;
  const bars = counts.map((count, index) => {
    const height = count ? 3 + (count / most) * 43 : 0;
    const style = index < first || index > last ? "out" : "in";
    return makeSvg("rect", { x: index * step + 0.5, y: 48 - height, width: Math.max(1, step - 1), height, class: style });
  });
  byId("histogram").replaceChildren(...bars);
  byId("since").value = first;
  byId("until").value = last;
  const [from, to] = [dateName(periods[first].label), dateName(periods[last].label)];
  byId("since").setAttribute("aria-valuetext", from);
  byId("until").setAttribute("aria-valuetext", to);
  byId("dates-chosen").textContent = first === last ? from : word("period", { from, to });
  byId("undated").hidden = !state.since && !state.until;
}
