import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { PartError } from '@/parts/part-error';
import { DIALOG, lazyPart, nextQuietPart, quietPart } from './lazy-part';

const Hello = ({ name }: { name: string; onClose?: () => void }) => <p>Hello {name}</p>;

const noop = () => {};

/** Loads `Hello`, or fails while `isDown`. */
function loader() {
  const server = { isDown: true, asked: 0 };
  const load = async () => {
    server.asked++;
    if (server.isDown) throw new PartError('unreachable');
    return Hello;
  };
  return { server, load };
}

test('what waits stands until the chunk is loaded, and not a frame longer', async () => {
  const { promise, resolve: arrive } = Promise.withResolvers<typeof Hello>();
  const Late = lazyPart(() => promise, { waiting: 'One moment' });
  const screen = await render(<Late name="you" />);
  expect(screen.container).toHaveTextContent('One moment');
  arrive(Hello);
  // React keeps a fallback of Suspense for 300 ms; two frames are enough here.
  for (let frame = 0; frame < 2; frame++) await new Promise((next) => requestAnimationFrame(next));
  expect(screen.container).toHaveTextContent('Hello you');
  await screen.unmount();
  // What is loaded is drawn at once.
  expect((await render(<Late name="again" />)).container).toHaveTextContent('Hello again');
});

test('a pane that does not arrive says so alone, and arrives by Try again', async () => {
  const { server, load } = loader();
  const Late = lazyPart(load, { shape: 'pane' });
  const screen = await render(
    <>
      <p>The rows</p>
      <Late name="you" />
    </>,
  );
  const told = page.getByRole('alert');
  await expect.element(told).toHaveTextContent('This part did not arrive');
  await expect.element(page.getByText('The rows')).toBeVisible();
  // Once more without success: it stays, and is asked for each time.
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => server.asked).toBe(2);
  await expect.element(told).toBeVisible();
  server.isDown = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.container).toHaveTextContent('The rowsHello you');
  await expect.element(told).not.toBeInTheDocument();
});

test('what failed is asked for anew when it is needed again', async () => {
  const { server, load } = loader();
  const Late = lazyPart(load);
  const screen = await render(<Late name="you" />);
  await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await screen.unmount();
  server.isDown = false;
  await expect.element((await render(<Late name="you" />)).container).toHaveTextContent('Hello you');
});

test('a dialog that does not arrive takes the focus, closes by Esc, and gives the focus back', async () => {
  const { load } = loader();
  const Late = lazyPart(load, DIALOG);
  let isClosed = false;
  const close = () => {
    isClosed = true;
  };
  const opened = (isOpen: boolean) => (
    <>
      <button type="button">Add message</button>
      {isOpen && <Late name="you" onClose={close} />}
    </>
  );
  const screen = await render(opened(false));
  const opener = page.getByRole('button', { name: 'Add message' });
  (opener.element() as HTMLElement).focus();
  await screen.rerender(opened(true));
  await expect.element(page.getByRole('alertdialog', { name: 'This part did not arrive' })).toBeVisible();
  expect(document.querySelector('dialog')?.contains(document.activeElement)).toBe(true);
  await userEvent.keyboard('{Escape}');
  expect(isClosed).toBe(true);
  await screen.rerender(opened(false));
  await expect.element(opener).toHaveFocus();
});

test('a part that can run only after a reload offers it, and says what it costs', async () => {
  const Late = lazyPart<object>(() => Promise.reject(new PartError('reload')), { shape: 'pane' });
  await render(<Late />);
  const told = page.getByRole('alert');
  await expect.element(told).toHaveTextContent('A reload loses what is typed and not sent');
  await expect.element(told.getByRole('button', { name: 'Reload the page' })).toBeVisible();
  await expect.element(told.getByRole('button', { name: 'Try again' })).toBeVisible();
});

test('a failure that it has something to say beside is told with it', async () => {
  const { load } = loader();
  const Late = lazyPart(load, { beside: ({ name }) => <p>{name} is old</p> });
  await expect.element((await render(<Late name="The list" />)).container).toHaveTextContent('The list is old');
});

test('a quiet moment gets the parts that may be needed next, each once', async () => {
  while (nextQuietPart());
  const { server, load } = loader();
  server.isDown = false;
  const Late = quietPart(load);
  await nextQuietPart()?.();
  expect(nextQuietPart()).toBeUndefined();
  expect((await render(<Late name="at once" />)).container).toHaveTextContent('Hello at once');
  expect(server.asked).toBe(1);
});

test('what stays mounted while it is shut says nothing then, and is tried again when it opens', async () => {
  const { server, load } = loader();
  const Menu = lazyPart<{ name: string; isOpen: boolean; onClose: () => void }>(load, DIALOG);
  const screen = await render(<Menu name="you" isOpen onClose={noop} />);
  await expect.element(page.getByRole('alertdialog')).toBeVisible();
  await screen.rerender(<Menu name="you" isOpen={false} onClose={noop} />);
  await expect.element(page.getByRole('alertdialog')).not.toBeInTheDocument();
  server.isDown = false;
  await screen.rerender(<Menu name="you" isOpen onClose={noop} />);
  await expect.element(screen.container).toHaveTextContent('Hello you');
});
