const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.addEventListener('message', () => waiting.shift()?.());
// Needed with `addEventListener`; `onmessage` would do it by itself.
channel.port1.start();

/** Lets other events in, without the 4 ms that a timer takes. */
export const nextTask = () =>
  new Promise<void>((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
