import type { ToPlayer } from './play-protocol';
import { createRunPlayer } from './play-run';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
const obey = createRunPlayer((answer) => self.postMessage(answer));

self.addEventListener('message', ({ data }: MessageEvent<ToPlayer>) => obey(data));
