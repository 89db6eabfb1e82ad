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
}
