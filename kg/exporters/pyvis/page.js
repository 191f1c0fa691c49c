"use strict";
// Text from documents only ever becomes the textContent of an element.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = new Map(data.nodes.map((node) => [node.id, node]));
const hidden = new Set();

function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function aboutNode(node) {
  const box = document.createElement("div");
  box.append(element("h2", node.name), element("p", node.kind), element("p", node.iri));
  return box;
}

function aboutEdge(edge) {
  const box = document.createElement("div");
  box.append(element("h2", `${byId.get(edge.from).name} → ${byId.get(edge.to).name}`));
  for (const [predicate, sentences] of edge.facts) {
    box.append(element("p", predicate), ...sentences.map((sentence) => element("q", sentence)));
  }
  return box;
}

const nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node, title: aboutNode(node) })));
const edges = new vis.DataSet(data.edges.map((edge, id) => ({ ...edge, id, title: aboutEdge(edge) })));
const shown = new vis.DataView(nodes, { filter: (node) => !hidden.has(node.kind) });

const network = new vis.Network(document.getElementById("network"), { nodes: shown, edges }, {
  nodes: {
    borderWidth: 1,
    font: { size: 14, face: "system-ui, sans-serif", color: "#1b1f24", strokeWidth: 3, strokeColor: "#ffffff" },
    scaling: { min: 7, max: 34, label: { enabled: true, min: 13, max: 20, drawThreshold: 7, maxVisible: 24 } },
  },
  edges: { color: { color: "#c3cad3", highlight: "#1b1f24", hover: "#57606a" }, smooth: false, arrows: { to: { enabled: true, scaleFactor: 0.4 } } },
  interaction: { hover: true, tooltipDelay: 120, hideEdgesOnDrag: data.nodes.length > 500 },
  physics: data.moving
    ? { solver: "forceAtlas2Based", forceAtlas2Based: { gravitationalConstant: -60, springLength: 110, avoidOverlap: 0.3 }, stabilization: { iterations: 150 } }
    : { enabled: false },
});

const details = document.getElementById("details");
network.on("click", ({ nodes: [node], edges: [edge] }) => {
  details.hidden = node === undefined && edge === undefined;
  if (node !== undefined) {
    const joined = network.getConnectedEdges(node).map((id) => edges.get(id));
    details.replaceChildren(aboutNode(byId.get(node)), ...joined.map(aboutEdge));
  } else if (edge !== undefined) {
    details.replaceChildren(aboutEdge(edges.get(edge)));
  }
});

for (const [kind, [shape, colour]] of Object.entries(data.kinds)) {
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: true });
  box.style.accentColor = colour;
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(kind);
    else hidden.add(kind);
    shown.refresh();
  });
  const name = element("span", kind);
  const sign = element("span", shape);
  sign.style.color = colour;
  label.append(box, sign, name);
  document.getElementById("legend").append(label);
}
document.getElementById("note").textContent = data.note;

const names = document.getElementById("names");
names.append(...data.nodes.map((node) => Object.assign(document.createElement("option"), { value: node.name })));
document.getElementById("search").addEventListener("change", ({ target }) => {
  const wanted = target.value.trim().toLowerCase();
  const found = wanted && data.nodes.find((node) => node.name.toLowerCase().includes(wanted) && !hidden.has(node.kind));
  if (found) {
    network.selectNodes([found.id]);
    network.focus(found.id, { scale: 1.1, animation: true });
  }
});
