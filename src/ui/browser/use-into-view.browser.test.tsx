import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { useIntoView } from './use-into-view';

afterEach(() => vi.restoreAllMocks());

function Answer() {
  return <p ref={useIntoView<HTMLParagraphElement>()}>the answer</p>;
}

test('an answer is scrolled into view, and goes away also where the browser scrolls by a promise', async () => {
  const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView').mockReturnValue(Promise.resolve() as never);
  const { unmount } = await render(<Answer />);
  await expect.element(page.getByText('the answer')).toBeInTheDocument();
  expect(scrolled).toHaveBeenCalled();
  await unmount();
  await expect.element(page.getByText('the answer')).not.toBeInTheDocument();
});
