// Search without a server: names lie in shards by the beginnings of their words; those that the
// query needs are loaded as scripts, because pages opened from a disk may not fetch files.
"use strict";

(() => {
  const MOST = 100, MOST_SHARDS = 12;
  const shards = window.graphbuildShards;
  const cut = new Set(shards.cut);
  const loaded = new Map(), waiting = new Map();
  const input = document.getElementById("words");
  const told = document.getElementById("told");
  const found = document.getElementById("found");
  let latest = 0;

  window.graphbuildShard = (name, entries) => {
    loaded.set(name, entries);
    if (waiting.has(name)) waiting.get(name)();
  };

  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
      .split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  }

  // A word lies in the shard that it begins with; a beginning is spread over several.
  function shardsOf(word) {
    const names = Object.keys(shards.names).filter((name) => name.startsWith(word));
    for (let length = word.length - 1; length > 0; length--) {
      const start = word.slice(0, length);
      if (start in shards.names) return [...names, start];
    }
    return names;
  }

  // The word that is found in the fewest shards, all of whose names are kept, leads.
  function leading(words) {
    const cost = (names) => names.length + (names.some((name) => cut.has(name)) ? 1000 : 0);
    return words.map(shardsOf).sort((a, b) => cost(a) - cost(b))[0];
  }

  function load(name) {
    if (loaded.has(name)) return Promise.resolve();
    return new Promise((done, failed) => {
      waiting.set(name, done);
      const script = document.createElement("script");
      script.src = `search/${shards.names[name]}.js`;
      script.onerror = () => failed(new Error(name));
      document.head.append(script);
    });
  }

  function matches(words, label) {
    const tokens = fold(label);
    return words.every((word) => tokens.some((token) => token.startsWith(word)));
  }

  async function search(text) {
    const turn = ++latest;
    const words = fold(text);
    if (!words.length) return show([], "", false);
    const all = leading(words);
    if (!all.length) return show([], text, false);
    const names = all.slice(0, MOST_SHARDS);
    told.textContent = "Searching …";
    try {
      await Promise.all(names.map(load));
    } catch (error) {
      told.textContent = "A part of the index cannot be loaded; try again.";
      return;
    }
    if (turn !== latest) return;
    const seen = new Set(), hits = [];
    for (const name of names) {
      for (const [label, path, kind, note, weight] of loaded.get(name)) {
        if (!seen.has(path) && matches(words, label)) {
          seen.add(path);
          hits.push({ label, path, kind, note, weight });
        }
      }
    }
    const exact = words.join(" ");
    for (const hit of hits) hit.same = fold(hit.label).join(" ") === exact;
    hits.sort((a, b) => b.same - a.same || b.weight - a.weight || a.label.localeCompare(b.label));
    show(hits, text, all.length > names.length || names.some((name) => cut.has(name)));
  }

  function show(hits, text, partly) {
    const more = hits.length > MOST ? `; the first ${MOST} are shown` : "";
    const hint = partly ? " There may be more: add letters or words." : "";
    told.textContent = text ? `${hits.length} found${more}.${hint}` : "";
    found.replaceChildren(...hits.slice(0, MOST).map((hit) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const note = document.createElement("span");
      link.textContent = hit.label;
      link.href = hit.path;
      link.className = `to ${shards.kinds[hit.kind][0]}`;
      note.className = "note";
      note.textContent = [shards.kinds[hit.kind][1], hit.note].filter(Boolean).join(", ");
      item.append(link, " ", note);
      return item;
    }));
  }

  input.value = new URLSearchParams(location.search).get("q") || "";
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => search(input.value), 150);
  });
  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?q=${encodeURIComponent(input.value)}`);
    search(input.value);
  });
  if (input.value) search(input.value);
  input.focus();
})();
