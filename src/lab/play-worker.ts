import type { ToPlayer } from './play-protocol';
import { createRunPlayer } from './play-run';

const obey = createRunPlayer((answer) => self.postMessage(answer));

self.addEventListener('message', ({ data }: MessageEvent<ToPlayer>) => obey(data));
