"use strict";
// The query editor, asking this service alone, and the ready queries to start from.

// Completions would be asked for at other sites.
Yasgui.Yasqe.defaults.autocompleters = [];

const editor = new Yasgui(document.getElementById("editor"), {
  requestConfig: { endpoint: new URL("/sparql", location).href, method: "POST" },
  endpointCatalogueOptions: { getData: () => [] },
  persistenceId: null,
  copyEndpointOnNewTab: true,
  yasqe: { value: document.getElementById("first").content.textContent },
});

document.getElementById("ready").addEventListener("change", (event) => {
  const text = event.target.selectedOptions[0].dataset.text;
  if (text) editor.getTab().setQuery(text);
});
