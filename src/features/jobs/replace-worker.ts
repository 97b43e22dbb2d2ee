/** One text and what to replace in it. */
export type ReplaceRequest = { pattern: string; flags: string; replacement: string; text: string };

// A worker, because a regular expression can take for ever and nothing but ending its thread stops it.
addEventListener('message', ({ data }: MessageEvent<ReplaceRequest>) => {
  const { pattern, flags, replacement, text } = data;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to the page that made this worker
  postMessage(text.replace(new RegExp(pattern, flags), replacement));
});

// It listens now.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- to the page that made this worker
postMessage('');
