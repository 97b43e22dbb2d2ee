import { crashAndRedelivery } from './crash-and-redelivery';
import { extendTheLease } from './extend-the-lease';
import { firstMessage } from './first-message';
import { hiddenNotGone } from './hidden-not-gone';
import type { Lesson } from './lesson';
import { noteToTheNextWorker } from './note-to-the-next-worker';
import { peekOrReceive } from './peek-or-receive';
import { poison } from './poison';
import { slowWork } from './slow-work';

/** In the order in which they build on one another. */
export const LESSONS: readonly Lesson[] = [
  firstMessage,
  peekOrReceive,
  hiddenNotGone,
  crashAndRedelivery,
  slowWork,
  extendTheLease,
  noteToTheNextWorker,
  poison,
];
