// Keeps the ledger live: asks for the changing part every two seconds while somebody looks, and lets the keyboard be.

const EVERY = 2000;
const live = document.getElementById("live");
let shown = live?.innerHTML;

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(live.dataset.address, { headers: { accept: "text/html" } });
  if (answer.redirected || answer.status === 401) return location.reload();
  if (answer.ok) show(await answer.text());
}

/** Put in what changed; the sentence alone is announced, and the focus stays on the button it was on. */
function show(text) {
  if (text.trim() === shown.trim() || holds(window.getSelection())) return;
  const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
  const sentence = live.querySelector(".sentence");
  const fresh = new DOMParser().parseFromString(text, "text/html");
  sentence.textContent = fresh.querySelector(".sentence").textContent;
  fresh.querySelector(".sentence").replaceWith(sentence);
  live.replaceChildren(...fresh.body.childNodes);
  shown = text;
  if (focused) document.getElementById(focused)?.focus();
}

/** Whether somebody is selecting text in the table, to copy it. */
function holds(selection) {
  return selection?.type === "Range" && live.contains(selection.anchorNode);
}

async function watch() {
  try {
    await refresh();
  } catch {
    // The viewer is being restarted: the next round asks again.
  }
  setTimeout(watch, EVERY);
}

if (live) setTimeout(watch, EVERY);
