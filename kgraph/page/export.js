// What the reader takes home: the picture as PNG or SVG, the visible claims as CSV, Turtle or GraphML.

function save(content, type, ending) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const anchor = make("a", { href: url, download: `kgraph.${ending}` });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function png() {
  const source = byId("network").querySelector("canvas");
  const copy = make("canvas", { width: source.width, height: source.height });
  const ctx = copy.getContext("2d");
  ctx.fillStyle = theme().ground;
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(source, 0, 0);
  copy.toBlob((blob) => save(blob, "image/png", "png"));
}

function svg() {
  const spots = picture.network.getPositions();
  const all = [...picture.spots.keys()];
  const range = (axis, pad) => [Math.min(...all.map((node) => spots[node][axis])) - pad, Math.max(...all.map((node) => spots[node][axis])) + pad];
  const [left, right] = range("x", 120);
  const [top, bottom] = range("y", 60);
  const root = makeSvg("svg", { viewBox: `${left} ${top} ${right - left} ${bottom - top}`, "font-family": "sans-serif" });
  root.append(makeSvg("title", {}, document.title), makeSvg("rect", { x: left, y: top, width: right - left, height: bottom - top, fill: theme().ground }));
  for (const [number, look] of picture.looks) root.append(...svgEdge(number, look));
  for (const node of [...all].reverse()) {
    const { x, y } = spots[node];
    const r = radiusOf(node);
    const font = { "text-anchor": "middle", "font-size": 13, fill: theme().ink, stroke: theme().halo, "stroke-width": 3, "paint-order": "stroke" };
    root.append(...svgNode(node, x, y, r), makeSvg("text", { x, y: y + r + 15, ...font }, shorten(nameOf(node))));
  }
  return sayable(new XMLSerializer().serializeToString(root));
}

function svgEdge(number, look) {
  const line = picture.network.body.edges[number];
  if (!line || !line.connected) return [];
  const { from, to } = line;
  const middle = line.edgeType.getPoint(0.5);
  const control = { x: 2 * middle.x - (from.x + to.x) / 2, y: 2 * middle.y - (from.y + to.y) / 2 };
  const color = weightColor(look.weight);
  const d = `M${from.x} ${from.y}Q${control.x} ${control.y} ${to.x} ${to.y}`;
  const stroke = { d, fill: "none", stroke: color, "stroke-width": Math.min(8, 1 + 1.1 * Math.sqrt(look.sentences)), "stroke-dasharray": (DASHES[look.status] || []).join(" ") };
  const parts = [makeSvg("path", stroke, makeSvg("title", {}, edgeText(look)))];
  if (!look.symmetric) parts.push(arrowHead(line.edgeType.getPoint(0.8), line.edgeType.getPoint(0.84), color));
  if (signOf(look)) {
    parts.push(makeSvg("circle", { cx: middle.x, cy: middle.y, r: 8, fill: theme().badge }));
    parts.push(makeSvg("text", { x: middle.x, y: middle.y + 4.5, "text-anchor": "middle", "font-size": 13, fill: theme().halo }, signOf(look)));
  }
  return parts;
}

function arrowHead(tail, tip, color) {
  const turn = (Math.atan2(tip.y - tail.y, tip.x - tail.x) * 180) / Math.PI;
  return makeSvg("polygon", { points: "0,0 -11,-5 -11,5", fill: color, transform: `translate(${tip.x} ${tip.y}) rotate(${turn})` });
}

// Turtle. Every IRI is percent-encoded and every text escaped, so that no name can end its own literal.
const iri = (prefix, local) => `<${settings.namespaces[prefix]}${encodeURIComponent(local)}>`;
const relationIri = (number) => (relations[number].iri ? `<${encodeURI(relations[number].iri)}>` : iri("ir", relations[number].name));
const literal = (text, tail = "") =>
  `"${text.replace(/["\\\u0000-\u001f\u007f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)}"${tail}`;
const DATES = { 4: "gYear", 7: "gYearMonth", 10: "date" };
const dated = (iso) => literal(iso, `^^<http://www.w3.org/2001/XMLSchema#${DATES[iso.length]}>`);

function turtle() {
  const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  const list = listed();
  const lines = [];
  for (const node of new Set(list.flatMap((claim) => [claim.subject, claim.object]))) {
    const names = Object.entries({ en: nodes[node].label, ...nodes[node].labels });
    const labels = names.map(([language, text]) => literal(text, `@${language}`)).join(", ");
    lines.push(`${iri("ent", nodes[node].key)} <http://www.w3.org/2004/02/skos/core#prefLabel> ${labels} .`);
  }
  for (const claim of list) {
    const [subject, relation, object] = [iri("ent", nodes[claim.subject].key), relationIri(claim.relation), iri("ent", nodes[claim.object].key)];
    if (claim.status === "asserted" && !isDenied(claim)) lines.push(`${subject} ${relation} ${object} .`);
    const parts = [
      `a ${iri("ir", "Claim")}, <${RDF}Statement>`, `<${RDF}subject> ${subject}`, `<${RDF}predicate> ${relation}`, `<${RDF}object> ${object}`,
      `${iri("ir", "status")} ${iri("ir", claim.status)}`, `${iri("ir", "negated")} ${claim.negated}`,
      claim.source !== null ? `${iri("ir", "attributedTo")} ${iri("ent", nodes[claim.source].key)}` : "",
      claim.sourceText ? `${iri("ir", "sourceText")} ${literal(claim.sourceText)}` : "",
      claim.stance ? `${iri("ir", "stance")} ${iri("ir", claim.stance)}` : "",
      claim.eventDate ? `${iri("ir", "eventDate")} ${dated(claim.eventDate)}` : "",
      claim.reportDate ? `${iri("ir", "reportDate")} ${dated(claim.reportDate)}` : "",
      claim.office ? `${iri("ir", "office")} ${literal(claim.office)}` : "",
      `<http://www.w3.org/2000/01/rdf-schema#comment> ${literal(sentences[claim.sentence].text, `@${sentences[claim.sentence].language}`)}`,
    ];
    lines.push(`${iri("claim", claim.key)} ${parts.filter(Boolean).join(" ;\n  ")} .`);
  }
  return `${lines.join("\n")}\n`;
}

// XML has no place at all for most control characters.
const sayable = (text) => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
const xml = (text) => sayable(String(text)).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function graphml() {
  const fields = ["label", "type", "relation", "status", "negated", "stance", "source", "date", "sentence", "article", "outlet", "weight"];
  const keys = fields.map((field) => `<key id="${field}" for="${field === "label" || field === "type" ? "node" : "edge"}" attr.name="${field}" attr.type="${field === "weight" ? "double" : "string"}"/>`);
  const datum = (field, value) => (value === null || value === "" ? "" : `<data key="${field}">${xml(value)}</data>`);
  const list = listed();
  const used = new Set(list.flatMap((claim) => [claim.subject, claim.object]));
  const points = [...used].map((node) => `<node id="n${node}">${datum("label", nameOf(node))}${datum("type", nodes[node].group)}</node>`);
  const lines = list.map((claim) => {
    const article = articleOf(claim);
    const values = { relation: relations[claim.relation].name, status: claim.status, negated: claim.negated, stance: claim.stance, source: sourceName(claim),
      date: claim.date, sentence: sentences[claim.sentence].text, article: article.url || article.title, outlet: article.outlet, weight: weightOf(claim) };
    return `<edge source="n${claim.subject}" target="n${claim.object}">${Object.entries(values).map(([field, value]) => datum(field, value)).join("")}</edge>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">${keys.join("")}<graph edgedefault="directed">\n${[...points, ...lines].join("\n")}\n</graph></graphml>\n`;
}

function listenExport() {
  const kinds = {
    png,
    svg: () => save(svg(), "image/svg+xml", "svg"),
    csv: () => save(csv(), "text/csv;charset=utf-8", "csv"),
    turtle: () => save(turtle(), "text/turtle;charset=utf-8", "ttl"),
    graphml: () => save(graphml(), "application/xml", "graphml"),
  };
  for (const [kind, run] of Object.entries(kinds)) {
    byId(`export-${kind}`).addEventListener("click", () => {
      run();
      byId("export").open = false;
    });
  }
}
