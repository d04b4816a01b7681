// Proofs a page without the mouse: Enter finds a line right and goes to the next doubt, arrows walk the lines, Esc brings
// back what the machine read, F2 takes a suggestion, Ctrl+Enter saves and goes on. Keys belong to the input method while
// it composes. What is typed is kept in this tab until it is saved.

const form = document.getElementById("proof");
const fields = [...form.querySelectorAll("[data-line]")];
const ground = document.querySelector(".review-ground");
const sheet = document.querySelector(".review-sheet");
const rect = sheet.querySelector("rect");
const near = document.getElementById("near");
const missing = document.getElementById("missing");
const keptAs = `review:proof:${form.dataset.person}:${form.dataset.page}`;
let sending = false;

const rowOf = (field) => field.closest(".proof-line");
const tickOf = (field) => rowOf(field).querySelector("input[type=checkbox]");

// -- the paper --

/** Outline the line, and bring the paper up to it: as large as it can be while the line fits the width. */
function show(field) {
  const [x, y, w, h] = rowOf(field).dataset.box.split(" ").map(Number);
  if (!w) return rect.removeAttribute("width");
  const room = 0.004;
  for (const [name, side] of Object.entries({ x: x - room, y: y - room, width: w + 2 * room, height: h + 2 * room })) {
    rect.setAttribute(name, side);
  }
  const close = near.getAttribute("aria-pressed") === "true";
  sheet.style.width = close ? `${Math.max(1, Math.min(2.4, 0.92 / Math.max(w, 0.25))) * 100}%` : "";
  ground.scrollTop = (y + h / 2) * sheet.offsetHeight - ground.clientHeight / 2;
  ground.scrollLeft = (x + w / 2) * sheet.offsetWidth - ground.clientWidth / 2;
}

near.addEventListener("click", () => {
  near.setAttribute("aria-pressed", near.getAttribute("aria-pressed") !== "true");
  const field = fields.includes(last) ? last : fields[0];
  if (field) show(field);
});

// -- what is marked in a line, while it changes --

const marked = new Map(fields.map((field) => [field, [...field.parentElement.querySelector(".under").childNodes]]));

/** The marks stay on what has not been touched: the beginning and the end that are as they were. */
function remark(field) {
  const before = field.dataset.before;
  const now = field.value;
  const under = field.parentElement.querySelector(".under");
  field.parentElement.classList.toggle("changed", now !== before);
  if (now === before) return under.replaceChildren(...marked.get(field));
  let head = 0;
  while (head < Math.min(before.length, now.length) && before[head] === now[head]) head++;
  let tail = 0;
  while (tail < Math.min(before.length, now.length) - head && before.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const parts = [];
  let at = 0;
  for (const node of marked.get(field)) {
    const end = at + node.textContent.length;
    const left = Math.max(0, Math.min(end, head) - at);
    const right = Math.max(0, end - Math.max(at, before.length - tail));
    parts.push([node, node.textContent.slice(0, left), node.textContent.slice(node.textContent.length - right)]);
    at = end;
  }
  const copies = (side) => parts.filter((part) => part[side]).map((part) => copyOf(part[0], part[side]));
  under.replaceChildren(...copies(1), now.slice(head, now.length - tail), ...copies(2));
}

function copyOf(node, text) {
  const copy = node.cloneNode(true);
  copy.textContent = text;
  return copy;
}

function fit(field) {
  field.style.height = "";
  field.style.height = `${field.scrollHeight + 2}px`;
}

// -- the keys --

function go(field) {
  if (!field) return document.getElementById("save").focus();
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

function asks(field) {
  return rowOf(field).classList.contains("asks") && !tickOf(field)?.checked;
}

/** The line is right as it stands; on to the next that asks for a person, else to the next below. */
function accept(field) {
  const tick = tickOf(field);
  if (tick) tick.checked = true;
  keep();
  const at = fields.indexOf(field);
  go(fields.slice(at + 1).find(asks) ?? fields.slice(0, at).find(asks) ?? fields[at + 1]);
}

function set(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Back to the machine's reading; from there back to what stood here. */
function bringBack(field) {
  set(field, field.value === field.dataset.machine ? field.dataset.before : field.dataset.machine);
}

/** Take the next suggestion whose character still stands where it stood. */
function takeSuggestion(field) {
  for (const offer of rowOf(field).querySelectorAll("[data-meant][data-offset]")) {
    if (takeOffer(field, offer)) return;
  }
}

function takeOffer(field, { dataset: { offset, read, meant } }) {
  const signs = [...field.value];
  if (signs[offset] !== read) return false;
  signs[offset] = meant;
  set(field, signs.join(""));
  field.setSelectionRange(Number(offset) + 1, Number(offset) + 1);
  return true;
}

function takeWhole(field, place) {
  const offered = rowOf(field).querySelectorAll("[data-take]")[place];
  if (offered) set(field, offered.dataset.take);
  return Boolean(offered);
}

function addBelow(field) {
  document.getElementById("missing-below").value = field.name.replace("line-", "");
  missing.focus();
}

const STEPS = { ArrowUp: -1, ArrowDown: 1 };

function onLine(event, field) {
  const plain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
  if (event.altKey && /^Digit[12]$/.test(event.code)) return takeWhole(field, Number(event.code.at(-1)) - 1);
  if (event.altKey && event.key === "Enter") addBelow(field);
  else if (!plain) return false;
  else if (event.key === "Enter") accept(field);
  else if (event.key in STEPS) go(fields[fields.indexOf(field) + STEPS[event.key]] ?? field);
  else if (event.key === "Escape") bringBack(field);
  else if (event.key === "F2") takeSuggestion(field);
  else return false;
  return true;
}

function onPage(event) {
  const ways = { ArrowLeft: "before", ArrowRight: "behind" };
  if (event.altKey && event.key in ways) document.getElementById(ways[event.key])?.click();
  else if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    form.requestSubmit(document.getElementById(event.shiftKey ? "whole" : "save"));
  } else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  const onField = fields.includes(event.target) && onLine(event, event.target);
  if (onField || onPage(event)) event.preventDefault();
});

// -- nothing typed is lost --

function typed() {
  const lines = fields.map((field) => [field.name, { text: field.value, right: Boolean(tickOf(field)?.checked) }]);
  return { ...Object.fromEntries(lines), missing: { text: missing?.value ?? "", right: false } };
}

const shown = JSON.stringify(typed());
const dirty = () => "dirty" in form.dataset || JSON.stringify(typed()) !== shown;

function keep() {
  sessionStorage.setItem(keptAs, JSON.stringify({ version: form.dataset.version, values: typed() }));
}

/** Bring back what was typed into this very version and never reached the room. */
function restore() {
  const kept = JSON.parse(sessionStorage.getItem(keptAs) ?? "null");
  if (kept?.version !== form.dataset.version || "dirty" in form.dataset) return sessionStorage.removeItem(keptAs);
  for (const field of fields) {
    const { text, right } = kept.values[field.name] ?? { text: field.value, right: false };
    field.value = text;
    if (tickOf(field)) tickOf(field).checked = right;
  }
  if (missing) missing.value = kept.values.missing?.text ?? "";
  document.getElementById("restored").hidden = !dirty();
}

let last = null;
form.addEventListener("input", (event) => {
  keep();
  if (!fields.includes(event.target)) return;
  remark(event.target);
  fit(event.target);
});
form.addEventListener("submit", () => (sending = true));
window.addEventListener("pageshow", () => (sending = false));
window.addEventListener("beforeunload", (event) => {
  if (dirty() && !sending) event.preventDefault();
});
// The line's picture comes and goes with the focus: a press that moved it would lose what it was meant for.
form.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-take], [data-meant][data-offset], .right")) event.preventDefault();
});
form.addEventListener("change", keep);
form.addEventListener("click", (event) => {
  const taken = event.target.closest("[data-take], [data-meant][data-offset]");
  if (!taken) return;
  const field = rowOf(taken).querySelector("[data-line]");
  if ("take" in taken.dataset) set(field, taken.dataset.take);
  else takeOffer(field, taken);
  field.focus();
});
form.addEventListener("focusin", (event) => {
  if (!fields.includes(event.target)) return;
  last = event.target;
  show(last);
  rowOf(last).scrollIntoView({ block: "nearest" });
});

// -- where to begin: at the first line that asks for a person, else at the first nobody has looked at --

restore();
for (const field of fields) {
  if (tickOf(field)) tickOf(field).tabIndex = -1;
  remark(field);
  fit(field);
}
if (matchMedia("(min-width: 821px)").matches && fields.length) {
  go(fields.find(asks) ?? fields.find((field) => tickOf(field)) ?? fields[0]);
}
