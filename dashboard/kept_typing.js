// Text in fields that are kept (their key begins with "kept") is sent after a pause in typing, as if it had been
// confirmed with Ctrl+Enter: a reload then loses nothing. What an input method is still composing is left alone.
if (!window.fundwatchTyping) {
  window.fundwatchTyping = true;
  const pause = 700;
  let waiting = 0;
  const typed = (event) => {
    const field = event.target;
    if (!field.matches?.("textarea, input[type=text]") || !field.closest('[class*="st-key-kept"]')) return;
    window.clearTimeout(waiting);
    if (event.isComposing) return;
    waiting = window.setTimeout(() => {
      const confirmed = { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
      if (field.isConnected) field.dispatchEvent(new KeyboardEvent("keydown", confirmed));
    }, pause);
  };
  document.addEventListener("input", typed);
  document.addEventListener("compositionend", typed);
}
