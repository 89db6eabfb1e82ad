// Texts that do not fit into their element, their button or their field, and pages that are wider than the window.
() => {
  const ours = '.stHtml *, [data-testid="stMarkdownContainer"] *, [data-testid="stCaptionContainer"] *, button p, [data-baseweb="tag"] span';
  // An evidence table has as many columns as its card names: below 1440 pixels the last, the row of the source, may be
  // beyond the window, and at a zoom of 150 % all that does not fit: it scrolls inside its frame. The names of months
  // stand under several columns of a chart.
  const inView = (table) => [...table.querySelectorAll('th')].slice(0, -1).every(
    (heading) => heading.getBoundingClientRect().right <= table.getBoundingClientRect().right + 1);
  const mayRunOn = (box) => box.matches('.fw-columns *') || (box.matches('.fw-evidence') && innerWidth < 1440 && (innerWidth < 1100 || inView(box)));
  const seen = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
  const boxes = [...document.querySelectorAll(ours)].filter(
    (element) => element instanceof HTMLElement && !mayRunOn(element) && seen(element) && element.textContent.trim() &&
      getComputedStyle(element).display !== 'inline' && element.scrollWidth > element.clientWidth + 1);
  const pen = document.createElement('canvas').getContext('2d');
  const fields = [...document.querySelectorAll('input[placeholder]')].filter((field) => {
    const style = getComputedStyle(field);
    pen.font = style.font;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return seen(field) && !field.value && pen.measureText(field.placeholder).width > room + 1;
  });
  const main = document.querySelector('[data-testid="stMain"]');
  return [
    ...boxes.map((box) => `${box.tagName}.${box.className} ${box.scrollWidth} > ${box.clientWidth}: ${box.textContent.trim().slice(0, 80)}`),
    ...fields.map((field) => `placeholder: ${field.placeholder}`),
    ...(main.scrollWidth > main.clientWidth ? ['the page is wider than its window'] : []),
  ];
}
