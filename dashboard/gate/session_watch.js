// A session that has ended leaves nothing on the screen: the browser goes to the page to sign in, and back from there.
if (!window.fundwatchWatch) {
  window.fundwatchWatch = true;
  let last = 0;
  const check = () => {
    if (Date.now() - last < 1000) return;
    last = Date.now();
    fetch("/session", { cache: "no-store" }).then((answer) => {
      if (answer.status !== 401) return;
      const here = window.location.pathname + window.location.search;
      window.location.replace(`/login?ended=1&next=${encodeURIComponent(here)}`);
    }).catch(() => {});
  };
  window.setInterval(check, 15000);
  document.addEventListener("click", () => window.setTimeout(check, 300));
  document.addEventListener("visibilitychange", check);
}
