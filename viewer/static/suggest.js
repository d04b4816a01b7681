// Beneath the search box: how the word begun may go on. Without this script the box is a plain form.
// Nothing is asked while an input method composes; arrows choose, Enter takes what is chosen, Escape closes.

const WAIT_MS = 180;
const box = document.getElementById("find");
const form = box?.form;

function build() {
  const list = document.createElement("ul");
  list.id = "endings";
  list.className = "endings";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.labels[0]?.textContent ?? "");
  list.hidden = true;
  form.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    box.setAttribute(name, value);
  }
  return list;
}

if (box && form) {
  const list = build();
  let asked = null; // the request under way
  let waiting = 0;
  let chosen = -1;
  let composing = false;

  const close = () => {
    clearTimeout(waiting);
    asked?.abort();
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const choose = (number) => {
    list.children[chosen]?.removeAttribute("aria-selected");
    const count = list.children.length;
    chosen = (number + count + 1) % (count + 1);
    if (chosen === count) chosen = -1; // back in the box
    const row = list.children[chosen];
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    if (row) box.setAttribute("aria-activedescendant", row.id);
    else box.removeAttribute("aria-activedescendant");
  };

  const take = (row) => {
    box.value = row.dataset.query;
    close();
    form.requestSubmit();
  };

  const show = (endings) => {
    list.replaceChildren(...endings.map((ending, number) => {
      const row = document.createElement("li");
      row.id = `ending-${number}`;
      row.setAttribute("role", "option");
      row.dataset.query = ending.query;
      const text = document.createElement("span");
      const called = document.createElement("span");
      text.textContent = ending.text;
      called.textContent = ending.called;
      called.className = "quiet";
      row.append(text, called);
      return row;
    }));
    chosen = -1;
    list.hidden = endings.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const typed = box.value;
    try {
      const answer = await fetch(`/api/suggest?${new URLSearchParams({ q: typed })}`, { signal: asked.signal });
      if (answer.ok && typed === box.value && document.activeElement === box) show((await answer.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  const wait = () => {
    clearTimeout(waiting);
    if (composing || !box.value.trim()) return close();
    waiting = setTimeout(ask, WAIT_MS);
  };

  box.addEventListener("compositionstart", () => { composing = true; close(); });
  box.addEventListener("compositionend", () => { composing = false; wait(); });
  box.addEventListener("input", wait);
  box.addEventListener("blur", close);
  form.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the box keeps the focus until the row is taken
    const row = event.target.closest("li");
    if (row && event.button === 0) take(row);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(chosen + step);
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen]);
    else if (event.key === "Escape") { close(); event.stopPropagation(); }
    else return;
    event.preventDefault();
  });
}
