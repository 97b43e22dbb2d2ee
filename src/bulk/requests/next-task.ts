let port: MessagePort | undefined;
const waiting: (() => void)[] = [];

function openChannel(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => waiting.shift()?.());
  // Needed with `addEventListener`; `onmessage` would do it by itself.
  port1.start();
  return port2;
}

/** Resolves in the next task, without the 4 ms of a timer. */
export const nextTask = () =>
  new Promise<void>((resolve) => {
    waiting.push(resolve);
    port ??= openChannel();
    port.postMessage(null);
  });
