// Reviews without the mouse: Enter next field, Ctrl+Enter save and next, F2 the item before, Alt+arrows pages, digits
// choose the retention period. Keys belong to the input method while it composes. What is typed is kept in this tab
// until it is saved.

const form = document.getElementById("review");
const fields = [...form.querySelectorAll("[data-field]:not([disabled])")];
const sheets = [...document.querySelectorAll(".review-sheet")];
const ground = document.querySelector(".review-ground");
const keptAs = `review:${form.dataset.person}:${form.dataset.item}`;
let sending = false;
let at = Math.max(0, sheets.findIndex((sheet) => !sheet.hidden));

// -- the paper --

function turnTo(index) {
  if (index < 0 || index >= sheets.length) return;
  at = index;
  sheets.forEach((sheet, place) => (sheet.hidden = place !== index));
  document.getElementById("number").textContent = sheets[index].dataset.number;
  ground.scrollTop = 0;
}

/** Outline where the focused field's value stands, on its page. */
function outline(field) {
  for (const sheet of sheets) sheet.querySelector("rect").removeAttribute("width");
  const { page, box } = field.closest(".field").dataset;
  const index = sheets.findIndex((sheet) => sheet.dataset.number === page);
  if (index < 0) return;
  if (index !== at) turnTo(index);
  if (box) draw(sheets[index], box.split(" ").map(Number));
}

function draw(sheet, [x, y, w, h]) {
  const rect = sheet.querySelector("rect");
  const room = 0.004;
  const sides = { x: x - room, y: y - room, width: w + 2 * room, height: h + 2 * room };
  for (const [name, side] of Object.entries(sides)) rect.setAttribute(name, side);
  const middle = (y + h / 2) * sheet.offsetHeight;
  if (middle < ground.scrollTop || middle > ground.scrollTop + ground.clientHeight) {
    ground.scrollTop = middle - ground.clientHeight / 3;
  }
}

document.getElementById("before")?.addEventListener("click", () => turnTo(at - 1));
document.getElementById("behind")?.addEventListener("click", () => turnTo(at + 1));
document.getElementById("larger")?.addEventListener("click", (event) => {
  const large = ground.classList.toggle("large");
  event.currentTarget.setAttribute("aria-pressed", large);
});

// -- the keys --

function step(field, by) {
  const next = fields[fields.indexOf(field) + by];
  (next ?? document.getElementById("save"))?.focus();
}

function bringPrevious(field) {
  const value = field.dataset.previous;
  if (!value) return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Digit n chooses the nth period; an empty choice stands before them. */
function chooseByDigit(field, digit) {
  if (digit < 1 || digit >= field.options.length) return false;
  field.selectedIndex = digit;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

function composing(event) {
  return event.isComposing || event.keyCode === 229;
}

function onField(event) {
  const field = event.target;
  if (event.key === "Enter") step(field, event.shiftKey ? -1 : 1);
  else if (event.key === "F2") bringPrevious(field);
  else if ("digits" in field.dataset && /^\d$/.test(event.key)) return chooseByDigit(field, Number(event.key));
  else return false;
  return true;
}

function onPage(event) {
  const pages = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
  if (event.altKey && event.key in pages) turnTo(at + pages[event.key]);
  else if ((event.ctrlKey || event.metaKey) && event.key === "Enter") form.requestSubmit(document.getElementById("save"));
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (composing(event)) return;
  const plain = !(event.altKey || event.ctrlKey || event.metaKey);
  if (onPage(event) || (plain && fields.includes(event.target) && onField(event))) event.preventDefault();
});

// -- the packs of the chosen fonds, the series of the chosen pack --

const fonds = document.getElementById("fonds");
const pack = document.getElementById("pack");
const series = document.getElementById("series");
const retention = document.getElementById("retention");

/** Only what the fonds follows may be chosen; where that is one regulation, it is chosen. */
function follow() {
  const followed = fonds.selectedOptions[0]?.dataset.packs?.split(" ");
  const open = [...pack.options].filter((option) => {
    option.hidden = option.disabled = Boolean(followed && option.value) && !followed.includes(option.value);
    return option.value && !option.disabled;
  });
  if (pack.selectedOptions[0]?.disabled) pack.value = "";
  if (!pack.value && open.length === 1) pack.value = open[0].value;
  narrow();
}

function narrow() {
  const shut = new Set([...pack.options].filter((option) => option.disabled).map((option) => option.value));
  for (const group of series.querySelectorAll("optgroup")) {
    const other = pack.value !== "" && group.dataset.pack !== pack.value;
    group.hidden = group.disabled = other || shut.has(group.dataset.pack);
  }
  if (series.selectedOptions[0]?.parentElement.disabled) series.value = "";
}

fonds.addEventListener("input", follow);
pack.addEventListener("input", narrow);
/** The regulation keeps a series for so long: its period comes with the series, until a person chooses one. */
function keepAsTheSeries() {
  const kept = series.selectedOptions[0]?.dataset.kept;
  if (kept && "follows" in retention.dataset) retention.value = kept;
}

series.addEventListener("input", () => {
  if (!pack.value) pack.value = series.value.split("/")[0];
  keepAsTheSeries();
});
retention.addEventListener("input", () => delete retention.dataset.follows);

// -- nothing typed is lost --

function typed() {
  return Object.fromEntries(fields.map((field) => [field.name, field.value]));
}

const shown = JSON.stringify(typed());
const dirty = () => "dirty" in form.dataset || JSON.stringify(typed()) !== shown;

function keep() {
  sessionStorage.setItem(keptAs, JSON.stringify({ version: form.dataset.version, values: typed() }));
}

/** Bring back what was typed into this very version and never reached the room (a lost session, a closed lid). */
function restore() {
  const kept = JSON.parse(sessionStorage.getItem(keptAs) ?? "null");
  if (kept?.version !== form.dataset.version || "dirty" in form.dataset) return sessionStorage.removeItem(keptAs);
  for (const field of fields) field.value = kept.values[field.name] ?? field.value;
  document.getElementById("restored").hidden = !dirty();
}

form.addEventListener("input", keep);
form.addEventListener("submit", () => (sending = true));
window.addEventListener("beforeunload", (event) => {
  if (dirty() && !sending) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const taken = event.target.closest("[data-take]");
  if (!taken) return;
  const field = taken.closest(".field").querySelector("[data-field]");
  field.value = taken.dataset.take;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
form.addEventListener("focusin", (event) => fields.includes(event.target) && outline(event.target));

// -- where to begin: at what is wrong, else at the first doubt, else at the title --

restore();
follow();
const first = form.querySelector("[aria-invalid]") ?? form.querySelector(".unsure [data-field]") ?? fields[0];
if (first && matchMedia("(min-width: 821px)").matches) {
  first.focus();
  if (first.setSelectionRange) first.setSelectionRange(first.value.length, first.value.length);
}
