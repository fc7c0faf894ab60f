"use strict";
const svg = document.querySelector("svg.network");
const nodes = new Map([...svg.querySelectorAll(".node")].map((node) => [node.dataset.key, node]));
const edges = [...svg.querySelectorAll(".edge")];
const ties = new Map([...nodes.keys()].map((key) => [key, []]));
for (const edge of edges) {
  const { one, other, weight } = edge.dataset;
  ties.get(one).push({ key: other, weight: Number(weight), edge });
  ties.get(other).push({ key: one, weight: Number(weight), edge });
}
const groups = [...document.querySelectorAll("#legend button")];
const search = document.querySelector("#search");
const found = document.querySelector("#found");
const about = document.querySelector("#about");
const whole = svg.getAttribute("viewBox").split(" ").map(Number);
let view = whole;
let chosen = null;

function clear() {
  svg.classList.remove("dimmed");
  for (const mark of svg.querySelectorAll(".near, .chosen")) mark.classList.remove("near", "chosen");
}

function light(key) {
  clear();
  svg.classList.add("dimmed");
  nodes.get(key).classList.add("chosen");
  for (const tie of ties.get(key)) {
    nodes.get(tie.key).classList.add("near");
    tie.edge.classList.add("near");
  }
}

function lightGroup(colour) {
  clear();
  svg.classList.add("dimmed");
  for (const node of nodes.values()) if (node.dataset.colour === colour) node.classList.add("near");
  for (const edge of edges) {
    const ends = [edge.dataset.one, edge.dataset.other].map((key) => nodes.get(key).dataset.colour);
    if (ends.every((end) => end === colour)) edge.classList.add("near");
  }
}

function entry(key, count) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  const name = document.createElement("span");
  name.textContent = nodes.get(key).dataset.label;
  button.append(name);
  if (count) {
    const number = document.createElement("span");
    number.className = "count";
    number.textContent = count;
    button.append(number);
  }
  button.addEventListener("click", () => choose(key));
  item.append(button);
  return item;
}

function tell(key) {
  about.replaceChildren();
  if (key === null) return;
  const node = nodes.get(key);
  const heading = document.createElement("h2");
  heading.textContent = node.dataset.label;
  const note = document.createElement("p");
  note.textContent = node.dataset.note;
  const list = document.createElement("ul");
  const ranked = [...ties.get(key)].sort((a, b) => b.weight - a.weight
    || nodes.get(a.key).dataset.label.localeCompare(nodes.get(b.key).dataset.label));
  for (const tie of ranked) list.append(entry(tie.key, tie.weight));
  about.append(heading, note, list);
}

function choose(key) {
  chosen = key;
  for (const button of groups) button.setAttribute("aria-pressed", "false");
  if (key === null) clear(); else light(key);
  tell(key);
}

function restore() {
  const pressed = groups.find((button) => button.getAttribute("aria-pressed") === "true");
  if (chosen !== null) light(chosen);
  else if (pressed) lightGroup(pressed.dataset.colour);
  else clear();
}

for (const [key, node] of nodes) {
  node.addEventListener("pointerenter", () => light(key));
  node.addEventListener("pointerleave", restore);
  node.addEventListener("keydown", (event) => { if (event.key === "Enter") choose(key); });
}

for (const button of groups) {
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    choose(null);
    if (on) {
      button.setAttribute("aria-pressed", "true");
      lightGroup(button.dataset.colour);
    }
  });
}

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
search.addEventListener("input", () => {
  found.replaceChildren();
  const words = plain(search.value.trim());
  if (!words) return;
  const hits = [...nodes].filter(([, node]) => plain(node.dataset.label).includes(words));
  for (const [key] of hits.slice(0, 12)) found.append(entry(key, ""));
  if (!hits.length) {
    const item = document.createElement("li");
    item.className = "key";
    item.textContent = "nothing by that name in this picture";
    found.append(item);
  }
});
search.addEventListener("keydown", (event) => {
  const first = found.querySelector("button");
  if (event.key === "Enter" && first) first.click();
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") choose(null); });

function look(next) {
  view = next;
  svg.setAttribute("viewBox", view.join(" "));
}

function zoom(factor, x, y) {
  const width = Math.min(Math.max(view[2] * factor, whole[2] / 40), whole[2] * 4);
  const scale = width / view[2];
  look([x - (x - view[0]) * scale, y - (y - view[1]) * scale, width, view[3] * scale]);
}

function point(event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
}

svg.addEventListener("wheel", (event) => {
  event.preventDefault();
  const { x, y } = point(event);
  zoom(Math.exp(event.deltaY * 0.0015), x, y);
}, { passive: false });

let start = null;
svg.addEventListener("pointerdown", (event) => {
  start = { at: point(event), node: event.target.closest(".node"), moved: false };
  svg.setPointerCapture(event.pointerId);
});
svg.addEventListener("pointermove", (event) => {
  if (!start) return;
  const { x, y } = point(event);
  const [dx, dy] = [start.at.x - x, start.at.y - y];
  if (!start.moved && Math.hypot(dx, dy) * svg.clientWidth / view[2] < 4) return;
  start.moved = true;
  svg.classList.add("moving");
  look([view[0] + dx, view[1] + dy, view[2], view[3]]);
});
svg.addEventListener("pointerup", () => {
  if (start && !start.moved) choose(start.node ? start.node.dataset.key : null);
  start = null;
  svg.classList.remove("moving");
});

const middle = () => [view[0] + view[2] / 2, view[1] + view[3] / 2];
document.querySelector("#in").addEventListener("click", () => zoom(0.75, ...middle()));
document.querySelector("#out").addEventListener("click", () => zoom(1 / 0.75, ...middle()));
document.querySelector("#fit").addEventListener("click", () => look(whole));
