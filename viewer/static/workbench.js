// Pages in order by keyboard alone: arrows choose, Space ticks, letters press the buttons that stand there anyway.
// A deed is sent without leaving the page; what comes back takes the place of what was shown, pictures that stay are kept.
import { typing } from "./frame.js";

const POLL = 2500;
const large = document.getElementById("large");
let at = 0;
let anchor = 0;
let sending = false;

const bench = () => document.getElementById("bench");
const form = () => document.querySelector(".bench-form");
const leaves = () => [...document.querySelectorAll(".bench-form .leaf")];
const box = (leaf) => leaf.querySelector("input[name=page]");

// -- where we are --

function stand(place, { scroll = true } = {}) {
  const all = leaves();
  if (!all.length) return;
  at = Math.min(Math.max(place, 0), all.length - 1);
  all.forEach((leaf, n) => (leaf.tabIndex = n === at ? 0 : -1));
  all[at].focus({ preventScroll: !scroll });
  if (large.open) enlarge();
}

/** The place one row up or down: the leaf there whose middle lies nearest. */
function row(direction) {
  const all = leaves();
  const here = all[at].getBoundingClientRect();
  const near = (leaf) => Math.abs(leaf.getBoundingClientRect().left - here.left);
  const top = (leaf) => Math.round(leaf.getBoundingClientRect().top);
  const beyond = all.filter((leaf) => (top(leaf) - Math.round(here.top)) * direction > here.height / 2);
  if (!beyond.length) return at;
  const next = (direction > 0 ? Math.min : Math.max)(...beyond.map(top));
  const line = beyond.filter((leaf) => Math.abs(top(leaf) - next) < here.height / 2);
  return all.indexOf(line.reduce((best, leaf) => (near(leaf) < near(best) ? leaf : best)));
}

function tick(from, to, on) {
  leaves().forEach((leaf, n) => {
    if (n >= Math.min(from, to) && n <= Math.max(from, to)) box(leaf).checked = on;
  });
}

function go(place, extend) {
  if (extend) {
    tick(0, leaves().length, false);
    tick(anchor, Math.min(Math.max(place, 0), leaves().length - 1), true);
  }
  stand(place);
  if (!extend) anchor = at;
}

function enlarge() {
  const image = leaves()[at].querySelector("img");
  if (!image) return;
  large.querySelector("img").src = image.dataset.large;
  if (!large.open) large.showModal();
}

// -- deeds --

/** Press a button of the form; without a ticked page it is meant for the one we stand on. */
function press(deed, changes = {}) {
  const button = form()?.querySelector(`button[value="${deed}"]`);
  if (!button || sending) return;
  Object.entries(changes).forEach(([name, value]) => (form().elements[name].value = value));
  const all = leaves();
  const alone = !["join", "undo", "part-all"].includes(deed) && !all.some((leaf) => box(leaf).checked) && all[at];
  if (alone) box(alone).checked = true;
  send(button, Boolean(alone));
}

async function send(button, alone) {
  const why = form().elements.reason;
  if (form().dataset.filed && why && !why.value.trim() && !["undo", "blank", "written"].includes(button.value)) {
    tell(form().dataset.why);
    why.focus();
    if (alone) tick(0, leaves().length, false);
    return;
  }
  sending = true;
  const sent = new FormData(form(), button);
  const reason = why?.value ?? "";
  try {
    const answer = await fetch(form().action, { method: "POST", body: new URLSearchParams(sent) });
    take(await answer.text(), answer.url, reason, alone);
  } finally {
    sending = false;
  }
}

/** Put what came back in the place of what was shown; anything but our page (a lost session) is opened as it is. */
function take(text, address, reason, alone) {
  const come = new DOMParser().parseFromString(text, "text/html");
  const fresh = come.getElementById("bench");
  if (!fresh) return location.assign(address);
  const stood = leaves()[at]?.dataset.page;
  const typed = form()?.contains(document.activeElement) ? document.activeElement.name : "";
  keepPictures(fresh);
  bench().replaceWith(fresh);
  if (form()?.elements.reason && reason) form().elements.reason.value = reason;
  if (alone) tick(0, leaves().length, false);
  const now = leaves().findIndex((leaf) => leaf.dataset.page === stood);
  if (typed && form()?.elements[typed]?.focus && typed !== "page") form().elements[typed].focus();
  else stand(now < 0 ? at : now);
  anchor = at;
  begin();
}

/** A picture that is on the screen and is still the right one is not fetched again. */
function keepPictures(fresh) {
  const known = new Map([...document.querySelectorAll("#bench img")].map((image) => [image.dataset.large, image]));
  for (const image of fresh.querySelectorAll("img")) {
    const old = known.get(image.dataset.large);
    const turned = old?.closest(".ground").className !== "ground turn-0" && image.closest(".ground").className === "ground turn-0";
    if (old?.complete && !turned) image.replaceWith(old);
    else if (turned) image.src = `${image.getAttribute("src")}?${Date.now()}`;
  }
}

function tell(words) {
  bench().querySelector(":scope > .problem")?.remove();
  const said = document.createElement("p");
  said.className = "problem";
  said.setAttribute("role", "alert");
  said.textContent = words;
  bench().prepend(said);
}

function join() {
  const { following, join: question, none } = form().dataset;
  const chosen = form().elements.other.value || form().elements.code.value;
  if (chosen) return press("join");
  if (!following) return tell(none);
  if (confirm(question)) sendJoin(following);
}

function sendJoin(following) {
  const other = form().elements.other;
  if (![...other.options].some((option) => option.value === following)) other.add(new Option(following, following));
  press("join", { other: following });
}

// -- keys --

const KEYS = {
  r: () => press("right"),
  R: () => press("left"),
  x: () => press("take-out"),
  s: () => press("split"),
  S: () => press("split-chosen"),
  j: join,
  p: () => press("part"),
  b: () => press("blank"),
  w: () => press("written"),
  u: () => press("undo"),
  " ": () => tick(at, at, !box(leaves()[at]).checked),
  Enter: enlarge,
  Home: () => go(0),
  End: () => go(leaves().length - 1),
};
const STEPS = { ArrowLeft: () => at - 1, ArrowRight: () => at + 1, ArrowUp: () => row(-1), ArrowDown: () => row(1) };

function pressed(event) {
  if (!form() || !leaves().length) return false;
  if (event.altKey && !event.ctrlKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
    press(event.key === "ArrowLeft" ? "earlier" : "later");
    return true;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "a") {
    tick(0, leaves().length, true);
    return true;
  }
  if (typing(event)) return false;
  if (event.key in STEPS) {
    go(STEPS[event.key](), event.shiftKey);
    return true;
  }
  const act = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
  const elsewhere = event.target.closest?.("button, a, summary, dialog") && (event.key === "Enter" || event.key === " ");
  if (!act || elsewhere) return false;
  act();
  return true;
}

function inText(event) {
  const field = event.target;
  return /^(TEXTAREA|SELECT)$/.test(field.tagName) || (field.tagName === "INPUT" && field.type !== "checkbox");
}

document.addEventListener("keydown", (event) => {
  if (!event.isComposing && !inText(event) && pressed(event)) event.preventDefault();
});
large.addEventListener("click", () => large.close());
// A dialog gives the focus back to where it was opened; meanwhile the arrows have gone on.
large.addEventListener("close", () => stand(at));

// -- mouse --

document.addEventListener("click", (event) => {
  const leaf = event.target.closest?.(".bench-form .leaf");
  if (!leaf) return;
  const place = leaves().indexOf(leaf);
  if (event.target.closest("label")) return stand(place, { scroll: false });
  if (event.shiftKey) return go(place, true);
  box(leaf).checked = !box(leaf).checked;
  stand(place, { scroll: false });
  anchor = at;
});
document.addEventListener("dblclick", (event) => {
  if (event.target.closest?.(".bench-form .leaf")) enlarge();
});

document.addEventListener("dragstart", (event) => {
  const leaf = event.target.closest?.(".bench-form .leaf");
  if (!leaf) return;
  if (!box(leaf).checked) {
    tick(0, leaves().length, false);
    box(leaf).checked = true;
  }
  event.dataTransfer.setData("text/plain", leaf.dataset.page);
  event.dataTransfer.effectAllowed = "move";
  for (const one of leaves()) one.classList.toggle("held", box(one).checked);
});
document.addEventListener("dragover", (event) => {
  const leaf = event.target.closest?.(".bench-form .leaf");
  for (const one of leaves()) one.classList.toggle("before", one === leaf);
  if (leaf) event.preventDefault();
});
document.addEventListener("dragend", () => {
  for (const one of leaves()) one.classList.remove("before", "held");
});
document.addEventListener("drop", (event) => {
  const leaf = event.target.closest?.(".bench-form .leaf");
  if (!leaf) return;
  event.preventDefault();
  const stay = leaves().filter((one) => !box(one).checked || one === leaf);
  press("move", { to: String(stay.indexOf(leaf) + 1) });
});

document.addEventListener("submit", (event) => {
  if (event.target !== form() || !event.submitter) return;
  event.preventDefault();
  if (event.submitter.value === "join") join();
  else press(event.submitter.value);
});

// -- while pages are being read --

let timer = 0;

function begin() {
  clearTimeout(timer);
  if (Number(bench().dataset.waiting)) timer = setTimeout(look, POLL);
}

async function look() {
  const busy = sending || large.open || (form()?.contains(document.activeElement) && inText({ target: document.activeElement }));
  if (busy) return begin();
  const chosen = leaves().filter((leaf) => box(leaf).checked).map((leaf) => leaf.dataset.page);
  const answer = await fetch(`${location.pathname}?chosen=${chosen.join(",")}`);
  if (answer.ok && !sending) take(await answer.text(), answer.url, form()?.elements.reason?.value ?? "", false);
  else begin();
}

const first = leaves().findIndex((leaf) => box(leaf).checked || `#${leaf.id}` === location.hash);
stand(Math.max(0, first), { scroll: first > 0 });
anchor = at;
begin();
