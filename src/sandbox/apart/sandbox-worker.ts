import type { ToHost } from './protocol';
import { createSandboxHost } from './sandbox-host';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
const obey = createSandboxHost((message) => self.postMessage(message));

self.addEventListener('message', ({ data }: MessageEvent<ToHost>) => obey(data));
