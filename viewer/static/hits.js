// Walking a list by keys: j and k (or the arrows) choose a row, Enter opens it.
import { typing } from "./frame.js";

// A row of a table is selected; an item of a list is the current one.
const chosenOf = (row) => (row?.tagName === "TR" ? "aria-selected" : "aria-current");
const rows = [...document.querySelectorAll(".hit-row")];
let chosen = -1;

function choose(number) {
  rows[chosen]?.removeAttribute(chosenOf(rows[chosen]));
  chosen = Math.max(0, Math.min(rows.length - 1, number));
  rows[chosen].setAttribute(chosenOf(rows[chosen]), "true");
  rows[chosen].querySelector("a.title")?.focus({ preventScroll: true });
  rows[chosen].scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (!rows.length || typing(event)) return;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  choose(chosen < 0 ? 0 : chosen + step);
});

rows.forEach((row, number) => row.addEventListener("focusin", () => {
  if (number !== chosen) {
    rows[chosen]?.removeAttribute(chosenOf(rows[chosen]));
    chosen = number;
    row.setAttribute(chosenOf(row), "true");
  }
}));
