// Streamlit writes the words of its own controls in English. This puts them, and the language that the page
// declares, into the reader's language. `fundwatchWords` is given by builtin_words.py: [lang, [[from, to], ...]];
// a word that ends with a space is the beginning of a text.
{
  const [language, pairs] = fundwatchWords;
  const whole = new Map(pairs);
  const beginnings = pairs.filter(([from]) => from.endsWith(" "));
  const ATTRIBUTES = ["aria-label", "placeholder", "title"];

  const translated = (text) => {
    const known = whole.get(text.trim());
    if (known) return known;
    const beginning = beginnings.find(([from]) => text.startsWith(from));
    return beginning ? beginning[1] + text.slice(beginning[0].length) : text;
  };
  const translateText = (node) => {
    if (node.parentElement?.closest(".stHtml, .stMarkdown, script, style")) return;
    const text = translated(node.nodeValue);
    if (text !== node.nodeValue) node.nodeValue = text;
  };
  const translateElement = (element) => {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      const text = value && translated(value);
      if (text !== value) element.setAttribute(name, text);
    }
  };
  const translate = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return translateText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = walker.nextNode()) {
      node.nodeType === Node.TEXT_NODE ? translateText(node) : translateElement(node);
    }
  };

  document.documentElement.lang = language;
  window.fundwatchTranslator?.disconnect();
  window.fundwatchTranslator = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translate);
      else if (change.type === "attributes") translateElement(change.target);
      else translateText(change.target);
    }
  });
  window.fundwatchTranslator.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ATTRIBUTES,
  });
  translate(document.body);
}
