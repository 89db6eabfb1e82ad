// Links of the pages open inside the app: the address changes, and the page is drawn anew without a reload, so that
// what the session knows (the last list, acts that can be undone) is kept. Other clicks are the browser's own.
if (!window.fundwatchLinks) {
  window.fundwatchLinks = true;
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".stHtml a[href]");
    const another = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || another || link.origin !== window.location.origin) return;
    event.preventDefault();
    window.history.pushState({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    window.scrollTo(0, 0);
  });
  // j and k, as in mail programs: the next and the previous alert of the list.
  const sides = { j: "after", k: "before" };
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select, [contenteditable], [role=dialog]");
    const another = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (!writing && !another && sides[event.key]) {
      document.querySelector(`.fw-way a.fw-${sides[event.key]}`)?.click();
    }
  });
}
