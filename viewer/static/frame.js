// Keys that hold on every page: `/` goes to the search box. Keys are left alone while somebody types or composes.

/** Whether a key press belongs to what is being typed, or to the browser. */
export function typing(event) {
  const at = event.target;
  const writes = at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
  return writes || event.isComposing || event.ctrlKey || event.metaKey || event.altKey;
}

document.addEventListener("keydown", (event) => {
  const box = document.getElementById("find");
  if (event.key === "/" && box && !typing(event)) {
    event.preventDefault();
    box.focus();
    box.select();
  }
  if (event.key === "Escape" && document.activeElement === box) box?.blur();
});

// What was typed and not saved belongs to who typed it: signing out forgets it.
document.querySelector("form[action='/sign-out']")?.addEventListener("submit", () => {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("review:")) sessionStorage.removeItem(key);
});

// One open menu at a time, closed by a click beside it or by Escape.
const me = document.querySelector("details.me");
document.addEventListener("click", (event) => {
  if (me?.open && !me.contains(event.target)) me.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !me?.open) return;
  me.open = false;
  event.stopImmediatePropagation(); // Escape means something else on some pages
});
