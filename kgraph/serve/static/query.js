"use strict";
// Puts a ready query into the text, sends the text, shows the rows. All is written as text, never as HTML.

const find = (id) => document.getElementById(id);

function cell(value) {
  const td = document.createElement("td");
  if (!value) return td;
  const known = value.type === "uri" && value.value.startsWith("https://w3id.org/kgraph/entity/");
  if (known) {
    const link = document.createElement("a");
    link.href = "/entity/" + value.value.slice("https://w3id.org/kgraph/entity/".length);
    link.textContent = value.value.slice("https://w3id.org/kgraph/".length);
    td.append(link);
  } else {
    td.textContent = value.value;
  }
  return td;
}

function show(answer) {
  if ("boolean" in answer) {
    find("count").textContent = String(answer.boolean);
    return;
  }
  const head = find("rows").createTHead().insertRow();
  for (const name of answer.head.vars) {
    const th = document.createElement("th");
    th.textContent = name;
    head.append(th);
  }
  const body = find("rows").createTBody();
  for (const binding of answer.results.bindings) {
    body.insertRow().append(...answer.head.vars.map((name) => cell(binding[name])));
  }
  find("count").textContent = String(answer.results.bindings.length);
}

async function ask(event) {
  event.preventDefault();
  for (const id of ["rows", "fault", "count", "text"]) find(id).replaceChildren();
  const answer = await fetch("/sparql", {
    method: "POST",
    headers: {
      "Content-Type": "application/sparql-query",
      Accept: "application/sparql-results+json, text/turtle;q=0.9",
    },
    body: find("query").value,
  });
  if (!answer.ok) find("fault").textContent = await answer.text();
  else if (answer.headers.get("Content-Type").includes("json")) show(await answer.json());
  else find("text").textContent = await answer.text();
}

find("form").addEventListener("submit", ask);
find("ready").addEventListener("change", (event) => {
  find("query").value = event.target.selectedOptions[0].dataset.text;
});
