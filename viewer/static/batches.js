// Looks at a sample without the mouse: 1 good, 0 not good (then why, then Enter), arrows left and
// right the other pages, up and down along the page, Esc the sheet.
import { typing } from "./frame.js";

const paper = document.getElementById("paper");
const reason = document.getElementById("reason");
const press = (id) => document.getElementById(id)?.click();

/** What each key does; a page that is not good needs its reason first. */
const keys = {
  1: () => press("good"),
  0: () => (reason?.value ? press("bad") : reason?.focus()),
  ArrowLeft: () => press("before"),
  ArrowRight: () => press("behind"),
  ArrowDown: () => paper.scrollBy({ top: paper.clientHeight / 3 }),
  ArrowUp: () => paper.scrollBy({ top: -paper.clientHeight / 3 }),
  Escape: () => press("sheet"),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement === reason && !event.isComposing) return reason.blur();
  if (typing(event) || event.repeat || !(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
});

// Pressed twice, the button would judge the next page unseen.
for (const form of document.querySelectorAll("#good-form, #bad-form")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
