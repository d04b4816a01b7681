// The button of the print view; without scripts the browser's own print does the same.
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
