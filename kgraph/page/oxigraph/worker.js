
// What the page asks: first { engine, graph }, the compiled engine and the graph's N-Triples; then { query } again and again.
let store = null;

// Only CONSTRUCT and DESCRIBE give triples; to the others Turtle is unknown, which they say before they begin.
function answer(query) {
  try {
    return { triples: store.query(query, { results_format: "ttl" }) };
  } catch {
    return { table: store.query(query, { results_format: "json" }) };
  }
}

self.onmessage = ({ data }) => {
  try {
    if (data.engine) {
      initSync({ module: data.engine });
      store = new Store();
      store.load(data.graph, { format: "nt", no_transaction: true });
      self.postMessage({ ready: store.size });
    } else self.postMessage(answer(data.query));
  } catch (error) {
    self.postMessage({ error: error.message || String(error) });
  }
};
