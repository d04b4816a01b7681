// The picture of a page: sizes, dragging, matches by key, evidence outlined. Everything here is also a link or a button.
import { typing } from "./frame.js";

const sheet = document.querySelector("[data-sheet]");
const desk = sheet.querySelector(".desk");
const paper = sheet.querySelector(".paper");
const image = paper.querySelector("img");
const hits = [...paper.querySelectorAll(".hit")];
const STEPS = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4];

// -- size: "fit" is the width of the desk, 1 is one pixel of the picture a pixel of the screen --

const kept = sessionStorage.getItem("zoom") ?? "fit";
let zoom = kept === "fit" ? "fit" : Number(kept);

function scale() {
  return zoom === "fit" ? paper.clientWidth / (image.naturalWidth || paper.clientWidth) : zoom;
}

/** Show the picture at `next`, keeping the place under (x, y) of the desk where it is. */
function show(next, x = desk.clientWidth / 2, y = desk.clientHeight / 2) {
  const [acrossX, downY] = [(desk.scrollLeft + x) / paper.clientWidth, (desk.scrollTop + y) / paper.clientHeight];
  zoom = next;
  sessionStorage.setItem("zoom", String(next));
  paper.style.width = next === "fit" ? "" : `${Math.round(image.naturalWidth * next)}px`;
  desk.scrollTo(acrossX * paper.clientWidth - x, downY * paper.clientHeight - y);
  for (const button of sheet.querySelectorAll("[data-zoom]")) {
    button.setAttribute("aria-pressed", String(button.dataset.zoom === String(next)));
  }
}

function step(direction, x, y) {
  const now = scale();
  const next = direction > 0 ? STEPS.find((s) => s > now * 1.01) : STEPS.findLast((s) => s < now * 0.99);
  if (next) show(next, x, y);
}

sheet.addEventListener("click", (event) => {
  const wanted = event.target.closest("[data-zoom]")?.dataset.zoom;
  if (!wanted) return;
  if (wanted === "in" || wanted === "out") step(wanted === "in" ? 1 : -1);
  else show(wanted === "fit" ? "fit" : Number(wanted));
});

desk.addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  const at = desk.getBoundingClientRect();
  step(event.deltaY < 0 ? 1 : -1, event.clientX - at.left, event.clientY - at.top);
}, { passive: false });

// -- dragging --

let held = null;
desk.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || event.pointerType === "touch") return;
  held = { x: event.clientX + desk.scrollLeft, y: event.clientY + desk.scrollTop };
  desk.setPointerCapture(event.pointerId);
});
desk.addEventListener("pointermove", (event) => {
  if (held) desk.scrollTo(held.x - event.clientX, held.y - event.clientY);
});
for (const end of ["pointerup", "pointercancel"]) desk.addEventListener(end, () => { held = null; });
image.draggable = false;

// -- matches --

let at = -1;

/** Bring a match into the middle of the desk. */
function goTo(number) {
  hits[at]?.classList.remove("now");
  at = number;
  hits[at].classList.add("now");
  centre(hits[at]);
}

function centre(mark) {
  const box = mark.getBoundingClientRect();
  const room = desk.getBoundingClientRect();
  desk.scrollBy(box.left + box.width / 2 - room.left - room.width / 2, box.top + box.height / 2 - room.top - room.height / 2);
}

/** The next match in this direction: on this page, else on the nearest page that has one. */
function walk(direction) {
  if (hits[at + direction]) return goTo(at + direction);
  document.querySelector(`[data-hit-page="${direction}"]`)?.click();
}

for (const button of sheet.querySelectorAll("[data-hit]")) {
  button.disabled = !hits.length && !document.querySelector(`[data-hit-page="${button.dataset.hit}"]`);
  button.addEventListener("click", () => walk(Number(button.dataset.hit)));
}

// -- evidence --

for (const line of document.querySelectorAll("[data-evidence]")) {
  const mark = document.getElementById(`evidence-${line.dataset.evidence}`);
  const outline = (on) => () => mark?.classList.toggle("on", on);
  for (const name of ["mouseenter", "focusin"]) line.addEventListener(name, outline(true));
  for (const name of ["mouseleave", "focusout"]) line.addEventListener(name, outline(false));
  line.addEventListener("click", () => mark && centre(mark));
}

// -- keys --

document.addEventListener("keydown", (event) => {
  if (typing(event)) return;
  const keys = {
    n: () => walk(1),
    p: () => walk(-1),
    "+": () => step(1),
    "=": () => step(1),
    "-": () => step(-1),
    0: () => show("fit"),
    ArrowLeft: () => document.querySelector(".tools a[rel=prev]")?.click(),
    ArrowRight: () => document.querySelector(".tools a[rel=next]")?.click(),
  };
  const act = keys[event.key];
  const scrolls = event.key.startsWith("Arrow") && document.activeElement === desk && desk.scrollWidth > desk.clientWidth;
  if (act && !scrolls) {
    event.preventDefault();
    act();
  }
});

// -- at the beginning --

function begin() {
  if (zoom !== "fit") show(zoom);
  if (hits.length) goTo(location.hash === "#last" ? hits.length - 1 : 0);
  const shown = location.hash.startsWith("#evidence-") && document.getElementById(location.hash.slice(1));
  if (shown) centre(shown);
  sheet.dataset.ready = "";
}
if (image.complete) begin();
else image.addEventListener("load", begin, { once: true });
image.addEventListener("error", () => { sheet.dataset.ready = ""; }, { once: true });
