"use strict";
// Filters, order and words of the index, kept in the address behind `#`; and buttons that copy a command.
// `catalogue`, from data.js, has a row for each row of the table.

const WEIGHTS = [8, 4, 3, 2]; // of a word found in the title, keywords, questions, gist
const SORTED = ["difficulty", "status", "compute", "weeks", "newest"]; // places in a row's `sort`
const CONTROLS = { words: "words", sort: "sort" };

function make(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function tokens(text) {
  return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) || [];
}

// The address: #level=beginner,expert&sort=-newest&words=induction

function read() {
  const state = { words: "", sort: "" };
  for (const facet of catalogue.facets) state[facet.name] = new Set();
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    if (name in CONTROLS) state[name] = value;
    else if (name in state) {
      const facet = catalogue.facets.find((one) => one.name === name);
      for (const word of value.split(",")) if (facet.options.some(([known]) => known === word)) state[name].add(word);
    }
  }
  return state;
}

function address(state) {
  const parts = [];
  for (const facet of catalogue.facets) {
    const chosen = facet.options.map(([value]) => value).filter((value) => state[facet.name].has(value));
    if (chosen.length) parts.push(`${facet.name}=${chosen.map(encodeURIComponent).join(",")}`);
  }
  if (state.sort) parts.push(`sort=${state.sort}`);
  if (state.words) parts.push(`words=${encodeURIComponent(state.words)}`);
  return `#${parts.join("&") || "all=yes"}`;
}

function toggled(state, facet, value) {
  const chosen = new Set(facet.single ? [] : state[facet.name]);
  if (state[facet.name].has(value)) chosen.delete(value);
  else chosen.add(value);
  return { ...state, [facet.name]: chosen };
}

// Choosing: a row fits a facet if it has one of the values chosen there; each typed word must begin a word of the row.

function misses(row, wanted) {
  return wanted.map((places) => places.size > 0 && !row.has[places.index].some((place) => places.has(place)));
}

function places(state) {
  return catalogue.facets.map((facet, index) => {
    const found = new Set();
    facet.options.forEach(([value], place) => state[facet.name].has(value) && found.add(place));
    found.index = index;
    return found;
  });
}

function score(row, typed) {
  let sum = 0;
  for (const word of typed) {
    let best = 0;
    row.tokens.forEach((field, at) => {
      if (WEIGHTS[at] > best && field.some((token) => token.startsWith(word))) best = WEIGHTS[at];
    });
    if (!best) return 0;
    sum += best;
  }
  return sum;
}

function compare(left, right) {
  if (left === right) return 0;
  if (left === null || left === undefined) return 1;
  if (right === null || right === undefined) return -1;
  if (Array.isArray(left)) return compare(left[0], right[0]) || compare(left[1], right[1]);
  return left < right ? -1 : 1;
}

function ordered(found, state) {
  const down = state.sort.startsWith("-");
  const key = state.sort.replace("-", "");
  if (!key && state.words) return found.sort((a, b) => b.score - a.score || a.place - b.place);
  if (!key || (key === "id" && !down)) return found;
  const at = SORTED.indexOf(key);
  const value = (row) => (key === "title" ? row.line.querySelector("a").textContent.toLowerCase() : at < 0 ? row.place : row.sort[at]);
  return found.sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    const lacking = (left === null) - (right === null); // what is not known stands last either way
    return lacking || (down ? compare(right, left) : compare(left, right)) || a.place - b.place;
  });
}

// Showing

class Index {
  constructor() {
    this.body = document.querySelector("#problems tbody");
    this.lines = [...this.body.children];
    let group = null;
    let place = 0;
    for (const line of this.lines) {
      if (line.className === "group") group = line;
      else Object.assign(catalogue.problems[place], { line, group, place: place++ });
    }
    for (const row of catalogue.problems) row.tokens = row.words.map((field) => field.split(" "));
    this.words = document.querySelector("#words");
    this.facets = catalogue.facets.map((facet) => this.facet(facet));
    this.heads = [...document.querySelectorAll("#problems th[data-sort]")].map((head) => {
      const link = make("a", head.textContent);
      head.replaceChildren(link);
      return { head, link, key: head.dataset.sort };
    });
    for (const id of ["filters", "told"]) document.getElementById(id).hidden = false;
    this.copied = copyButton(document.querySelector("#command"));
    this.words.addEventListener("input", () => this.typed());
    addEventListener("hashchange", () => (location.hash.includes("=") || !location.hash) && this.show());
    if (matchMedia("(max-width: 60rem)").matches) document.querySelector("#more").open = false;
    this.show();
  }

  facet(facet) {
    const box = make("details", "");
    box.append(make("summary", facet.title));
    const list = box.appendChild(make("ul", ""));
    const links = facet.options.map(([value, label]) => {
      const item = list.appendChild(make("li", ""));
      const link = item.appendChild(make("a", `${label} `));
      const count = link.appendChild(make("span", "", { class: "count" }));
      return { value, item, link, count };
    });
    document.querySelector("#facets").append(box);
    box.open = facet.options.length <= 5;
    return { facet, box, links };
  }

  typed() {
    const state = { ...read(), words: this.words.value.trim() };
    history.replaceState(null, "", address(state));
    this.show();
  }

  show() {
    const state = read();
    const typed = tokens(state.words);
    if (document.activeElement !== this.words) this.words.value = state.words;
    const wanted = places(state);
    const worded = typed.length ? catalogue.problems.filter((row) => (row.score = score(row, typed))) : catalogue.problems;
    const missed = worded.map((row) => [row, misses(row, wanted)]);
    const found = missed.filter(([, missing]) => !missing.includes(true)).map(([row]) => row);
    this.rows(ordered([...found], state), state);
    this.counts(missed, state);
    this.sorting(state);
    this.tell(found.length, state);
  }

  rows(found, state) {
    const grouped = (!state.sort || state.sort === "id") && !tokens(state.words).length;
    const groups = grouped ? new Set(found.map((row) => row.group)) : new Set();
    const shown = grouped ? this.lines : found.map((row) => row.line);
    const fitting = new Set(found.map((row) => row.line));
    for (const line of this.lines) line.hidden = !(fitting.has(line) || groups.has(line));
    if (shown.some((line, place) => line !== this.body.children[place])) this.body.prepend(...shown);
  }

  counts(missed, state) {
    this.facets.forEach(({ facet, box, links }, at) => {
      const counts = links.map(() => 0);
      for (const [row, missing] of missed) {
        if (missing.every((lacks, index) => !lacks || index === at)) for (const place of row.has[at]) counts[place] += 1;
      }
      links.forEach(({ value, item, link, count }, place) => {
        const chosen = state[facet.name].has(value);
        link.href = address(toggled(state, facet, value));
        count.textContent = counts[place];
        item.hidden = !counts[place] && !chosen;
        if (chosen) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
        if (chosen) box.open = true;
      });
      box.hidden = links.every(({ item }) => item.hidden);
    });
  }

  sorting(state) {
    for (const { head, link, key } of this.heads) {
      const now = state.sort.replace("-", "") === key || (!state.sort && key === "id" && !state.words);
      const down = now && state.sort.startsWith("-");
      const first = key === "newest" ? `-${key}` : key;
      link.href = address({ ...state, sort: now ? (down ? key : `-${key}`) : first });
      if (now) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  tell(count, state) {
    const all = catalogue.problems.length;
    const line = document.querySelector("#count");
    const narrowed = state.words || catalogue.facets.some((facet) => state[facet.name].size);
    line.textContent = narrowed ? `${count} of ${all} problems ` : `${all} problems`;
    if (narrowed) line.append(make("a", "Show all", { href: "#all=yes" }));
    document.querySelector("#none").hidden = count > 0;
    document.querySelector("#command").textContent = command(state);
    document.querySelector("#same").hidden = !catalogue.whole || !catalogue.facets.some((facet) => state[facet.name].size);
  }
}

function command(state) {
  const options = catalogue.facets.flatMap((facet) =>
    facet.options.filter(([value]) => state[facet.name].has(value)).map(([value]) => {
      return facet.name === "starred" ? "--starred" : `--${facet.name} ${value}`;
    }),
  );
  return ["mip list", ...options].join(" ");
}

function copyButton(code) {
  const button = make("button", "Copy", { type: "button" });
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code); // for the keyboard, where a page may not copy
      button.textContent = "Selected";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  code.after(" ", button);
  return button;
}

for (const code of document.querySelectorAll("code[data-copy]")) copyButton(code);
if (document.querySelector("#problems")) new Index();
performance.mark("ready");
