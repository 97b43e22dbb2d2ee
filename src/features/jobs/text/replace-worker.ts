/** A text, and the replacement to make in it. */
export type ReplaceRequest = { pattern: string; flags: string; replacement: string; text: string };

// A worker, because only ending its thread stops a regular expression.
addEventListener('message', ({ data }: MessageEvent<ReplaceRequest>) => {
  const { pattern, flags, replacement, text } = data;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to the page that made this worker
  postMessage(text.replace(new RegExp(pattern, flags), replacement));
});

// Tells the page that the worker listens.
postMessage('');
