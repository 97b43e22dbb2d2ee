/** The characters of a value as they stand on screen from left to right, first line only; blanks are left out. */
export function glyphOrder(element: Element, value: string): string {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const places: { char: string; node: Node; at: number }[] = [];
  for (let node = texts.nextNode(); node; node = texts.nextNode())
    for (const [at, char] of (node.textContent ?? '').split('').entries()) places.push({ char, node, at });
  const from = places
    .map(({ char }) => char)
    .join('')
    .indexOf(value);
  if (from < 0) throw new Error(`${JSON.stringify(value)} is not in ${JSON.stringify(element.textContent)}`);
  const range = document.createRange();
  return places
    .slice(from, from + value.length)
    .filter(({ char }) => char.trim() !== '')
    .map(({ char, node, at }) => {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return { char, left: range.getBoundingClientRect().left };
    })
    .toSorted((one, other) => one.left - other.left)
    .map(({ char }) => char)
    .join('');
}

/** The same for the value alone, as the browser lays it out. */
export function orderAlone(value: string): string {
  const box = document.createElement('p');
  box.style.whiteSpace = 'pre';
  box.innerHTML = '<bdi></bdi>';
  box.firstElementChild?.append(value);
  document.body.append(box);
  const order = glyphOrder(box, value);
  box.remove();
  return order;
}

/** Values whose order changes with what stands beside them. */
export const TURNING_VALUES = ['abc אבג 123', '١٢٣ ريال', 'אבג', 'שלום, world 12', 'ב(1)', '123 אבג'];
