// Keeps the report of a rereading fresh while it is under way: fetched again every few seconds, until it is done.

const EVERY = 4000;

async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("report");
  if (!fresh) return;
  document.getElementById("report").replaceWith(document.adoptNode(fresh));
  if (fresh.querySelector("form[action$='/stop']")) setTimeout(refresh, EVERY);
}

setTimeout(refresh, EVERY);
