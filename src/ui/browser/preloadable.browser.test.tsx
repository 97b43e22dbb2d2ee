import { Component, type ReactNode } from 'react';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { preloadable } from './preloadable';

const Hello = ({ name }: { name: string }) => <p>Hello {name}</p>;

class Boundary extends Component<{ children: ReactNode }, { failure?: string }> {
  override state: { failure?: string } = {};
  static getDerivedStateFromError = (error: unknown) => ({ failure: String(error) });
  override render() {
    return this.state.failure ?? this.props.children;
  }
}

test('what waits stands until the chunk is loaded, and not a frame longer', async () => {
  const { promise, resolve: arrive } = Promise.withResolvers<typeof Hello>();
  const Late = preloadable(() => promise, 'One moment');
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

test('a chunk that does not load is told to the boundary, and is asked for anew afterwards', async () => {
  let isDown = true;
  const Late = preloadable(async () => {
    if (isDown) throw new Error('no network');
    return Hello;
  });
  const failed = await render(
    <Boundary>
      <Late name="you" />
    </Boundary>,
  );
  await expect.element(failed.container).toHaveTextContent('no network');
  isDown = false;
  await expect.element((await render(<Late name="you" />)).container).toHaveTextContent('Hello you');
});
