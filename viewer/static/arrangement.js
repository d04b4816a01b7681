// A class in order by keyboard alone: arrows choose, Space ticks, Alt and an arrow move, letters press the buttons.
// A deed is sent without leaving the page; what comes back takes the place of what was shown.
import { typing } from "./frame.js";

let stood = "";
let anchor = "";
let sending = Promise.resolve();

const bench = () => document.getElementById("bench");
const desks = () => [...bench().querySelectorAll(".order")].filter((desk) => desk.querySelector(".leaf[tabindex]"));
const leaves = (desk) => [...desk.querySelectorAll(".leaf[tabindex]")];
const box = (leaf) => leaf.querySelector("input[name=item]");
const deskOf = (leaf) => leaf.closest(".order");

// -- where we are --

const here = () => document.activeElement?.closest?.(".leaf[tabindex]");

function stand(leaf) {
  if (!leaf) return;
  for (const one of leaves(deskOf(leaf))) one.tabIndex = one === leaf ? 0 : -1;
  stood = leaf.dataset.item;
  const around = leaf.closest("details");
  if (around) around.open = true;
  leaf.focus();
}

/** The leaf so many steps on; past the end of a desk comes the next one. */
function beyond(leaf, by) {
  const all = desks().flatMap(leaves);
  return all[Math.min(Math.max(all.indexOf(leaf) + by, 0), all.length - 1)];
}

function tick(desk, from, to) {
  const all = leaves(desk);
  const [first, last] = [from, to].map((leaf) => all.indexOf(leaf)).sort((one, other) => one - other);
  all.forEach((leaf, at) => (box(leaf).checked = at >= first && at <= last));
}

function go(leaf, by, extend) {
  const next = beyond(leaf, by);
  if (extend && deskOf(next) === deskOf(leaf)) {
    const from = leaves(deskOf(leaf)).find((one) => one.dataset.item === anchor) ?? leaf;
    tick(deskOf(leaf), from, next);
  } else anchor = next.dataset.item;
  stand(next);
}

// -- deeds --

/** Press a button of the leaf's desk, once what was pressed before is done: keys may come faster than answers. */
function press(leaf, deed, changes = {}) {
  const item = leaf.dataset.item;
  sending = sending.then(() => act(item, deed, changes));
}

/** Without a tick it is meant for the leaf itself. */
async function act(item, deed, changes) {
  const leaf = document.getElementById(`item-${item}`);
  const desk = leaf && deskOf(leaf);
  const button = desk?.querySelector(`button[value="${deed}"]`);
  if (!button) return;
  for (const [name, value] of Object.entries(changes)) desk.elements[name].value = value;
  const alone = !leaves(desk).some((one) => box(one).checked);
  if (alone) box(leaf).checked = true;
  stood = item;
  await send(desk, button, alone);
}

async function send(form, button, alone) {
  const ticked = [...form.querySelectorAll("input[name=item]:checked")].map((one) => one.value);
  const open = new Set([...bench().querySelectorAll("details[open][id]")].map((one) => one.id));
  const sent = new URLSearchParams(new FormData(form, button));
  const answer = await fetch(form.action, { method: "POST", body: sent });
  take(await answer.text(), answer.url, alone ? [] : ticked, open);
}

/** Put what came back in the place of what was shown; anything but our page (a lost session) is opened as it is. */
function take(text, address, ticked, open) {
  const come = new DOMParser().parseFromString(text, "text/html");
  const fresh = come.getElementById("bench");
  if (!fresh) return location.assign(address);
  bench().replaceWith(fresh);
  document.querySelector(".arranging .tree").replaceWith(come.querySelector(".arranging .tree"));
  for (const one of bench().querySelectorAll("input[name=item][type=checkbox]")) one.checked = ticked.includes(one.value);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  const leaf = document.getElementById(`item-${stood}`);
  if (leaf?.hasAttribute("tabindex")) stand(leaf);
  else stand(desks().flatMap(leaves)[0]);
  bench().querySelector(".problem")?.scrollIntoView({ block: "center" });
}

// -- keys --

const LETTERS = { v: "volume", b: "box", d: "by-date", a: "put-in", x: "take-out" };

function pressed(event) {
  const leaf = here();
  if (!leaf) return false;
  if (event.altKey && !event.ctrlKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    press(leaf, event.key === "ArrowUp" ? "earlier" : "later");
    return true;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "a") {
    for (const one of leaves(deskOf(leaf))) box(one).checked = true;
    return true;
  }
  if (event.target.matches?.("input:not([type=checkbox])") || event.ctrlKey || event.metaKey || event.altKey) return false;
  const all = leaves(deskOf(leaf));
  switch (event.key) {
    case "ArrowUp": go(leaf, -1, event.shiftKey); return true;
    case "ArrowDown": go(leaf, 1, event.shiftKey); return true;
    case "Home": stand(all[0]); return true;
    case "End": stand(all.at(-1)); return true;
    case "Enter":
      if (event.target.closest("a, button")) return false;
      leaf.querySelector("a.title").click();
      return true;
    case " ":
      if (event.target === box(leaf)) return false;
      box(leaf).checked = !box(leaf).checked;
      anchor = leaf.dataset.item;
      return true;
  }
  const deed = LETTERS[event.key.toLowerCase()];
  if (!deed || event.shiftKey) return false;
  press(leaf, deed);
  return true;
}

document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("input:not([type=checkbox]), textarea, select");
  if (!event.isComposing && !field && pressed(event)) event.preventDefault();
  // From nowhere the first arrow goes to the first item.
  else if (!typing(event) && !here() && event.key === "ArrowDown" && event.target === document.body) {
    event.preventDefault();
    stand(desks().flatMap(leaves)[0]);
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || !bench().contains(form) || !event.submitter) return;
  event.preventDefault();
  const button = event.submitter;
  sending = sending.then(() => form.isConnected && send(form, button, false));
});

// -- mouse --

document.addEventListener("click", (event) => {
  const leaf = event.target.closest?.(".leaf[tabindex]");
  if (!leaf || event.target.closest("a, input")) return;
  box(leaf).checked = !box(leaf).checked;
  stand(leaf);
});

document.addEventListener("dragstart", (event) => {
  const leaf = event.target.closest?.(".leaf[tabindex]");
  if (!leaf) return;
  if (!box(leaf).checked) for (const one of leaves(deskOf(leaf))) box(one).checked = one === leaf;
  event.dataTransfer.setData("text/plain", leaf.dataset.item);
  event.dataTransfer.effectAllowed = "move";
  for (const one of leaves(deskOf(leaf))) one.classList.toggle("held", box(one).checked);
});

document.addEventListener("dragover", (event) => {
  const leaf = event.target.closest?.(".leaf[tabindex]");
  const same = leaf && deskOf(leaf).querySelector(".held");
  for (const one of bench().querySelectorAll(".leaf")) one.classList.toggle("before", same && one === leaf);
  if (same) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const leaf = event.target.closest?.(".leaf[tabindex]");
  if (!leaf || !deskOf(leaf).querySelector(".held")) return;
  event.preventDefault();
  const staying = leaves(deskOf(leaf)).filter((one) => !box(one).checked || one === leaf);
  const moving = leaves(deskOf(leaf)).find((one) => box(one).checked);
  press(moving, "move", { to: String(staying.indexOf(leaf) + 1) });
});

document.addEventListener("dragend", () => {
  for (const one of bench().querySelectorAll(".leaf")) one.classList.remove("before", "held");
});
