/* oxlint-disable unicorn/consistent-function-scoping -- a page is given one function, with all that it calls */
export type Ear = { said: () => string[]; end: () => void };

/**
 * Listens as a screen reader does: what is added to a live region, or changes in it, is said; the nearest region counts. An atomic
 * region is said as a whole. It has all that it needs in itself, so that a test can also give it to a page of another process.
 */
export function listen(): Ear {
  const LIVE = '[aria-live], [role=status], [role=alert], output';
  const ATOMIC = '[role=status], [role=alert]';
  const said: string[] = [];
  /** Whether a region is said when it changes. */
  const isLive = (region: Element) => region.getAttribute('aria-live') !== 'off';
  /** The words of a region without its buttons, which are said as buttons. */
  const wordsOf = (region: Element) => {
    const copy = region.cloneNode(true) as Element;
    for (const hidden of copy.querySelectorAll('button, [aria-hidden=true], output')) hidden.remove();
    return copy.textContent.replaceAll(/\s+/g, ' ');
  };
  const observer = new MutationObserver((records) => {
    const whole = new Set<Element>();
    for (const { target, addedNodes, type } of records) {
      const at = target instanceof Element ? target : target.parentElement;
      // Such as the seconds of a ring.
      if (at?.closest('[aria-hidden=true]')) continue;
      const region = at?.closest(LIVE);
      if (region && isLive(region)) {
        if (region.matches(ATOMIC)) whole.add(region);
        else if (type === 'characterData') said.push(target.textContent ?? '');
        else for (const node of addedNodes) said.push(node.textContent ?? '');
        continue;
      }
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        for (const one of [node, ...node.querySelectorAll(LIVE)])
          if (one.matches(ATOMIC) && isLive(one)) whole.add(one);
      }
    }
    // What is in a region that is in another is said by the inner one.
    for (const region of whole) if (region.isConnected) said.push(wordsOf(region));
  });
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  return { said: () => said.map((text) => text.trim()).filter(Boolean), end: () => observer.disconnect() };
}
