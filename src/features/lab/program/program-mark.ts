import type { LabEvent } from '@/lab/film/lab-event';
import type { World } from '@/lab/film/world';
import { POISON } from '@/lab/run/calls';
import type { Stage } from '@/samples/loops/program';
import { runTime } from '../text/names';

/** Where a program is: its line with a few words, and those that it does not come to. */
export type ProgramMark = {
  stage: Stage;
  note: string;
  /** `died`: the line it died at. `next`: the step of the lesson that waits. `now`: the line that runs. */
  how: 'died' | 'next' | 'now';
  never: readonly Stage[];
};

/** What comes after a line of the program in the same try. */
const AFTER: Partial<Record<Stage, readonly Stage[]>> = {
  receive: ['work', 'extend', 'note', 'copy', 'moved', 'delete'],
  work: ['extend', 'note', 'delete'],
  copy: ['moved'],
};

/** Where the program of a worker is, by what is seen of it; undefined for one that is not there. */
export function workerMark(actor: string, world: World, events: readonly LabEvent[]): ProgramMark | undefined {
  const view = world.actors[actor];
  if (!view || view.phase === 'gone') return undefined;
  if (view.phase === 'crashed') {
    const note = world.notes[actor];
    const at = note?.what === 'crashed' ? note.at : world.at;
    const stage = diedAt(actor, at, events);
    return { stage, how: 'died', note: `died here, ${runTime(at)}`, never: AFTER[stage] ?? [] };
  }
  switch (view.phase) {
    case 'idle':
      return now('wait', 'waits');
    case 'asking':
      return now('receive', 'asks');
    case 'working':
      return now('work', view.until === undefined ? 'at work' : `until ${runTime(view.until)}`);
    case 'moving':
      return now('copy', 'copies');
    case 'deleting':
      return now(hasCopied(actor, events) ? 'moved' : 'delete', 'deletes');
  }
}

const now = (stage: Stage, note: string): ProgramMark => ({ stage, how: 'now', note, never: [] });

/** The line that a worker was at when it crashed. */
function diedAt(actor: string, at: number, events: readonly LabEvent[]): Stage {
  let phase = 'working';
  for (const event of events) {
    if (event.at > at) break;
    if (event.what === 'viewed' && event.actor === actor && event.view.phase !== 'crashed') ({ phase } = event.view);
  }
  if (phase === 'asking') return 'receive';
  if (phase === 'idle') return 'wait';
  if (phase === 'deleting') return 'delete';
  // It crashed between the copy and the delete, or before the copy had arrived.
  return phase === 'moving' ? (hasCopied(actor, events) ? 'moved' : 'copy') : 'work';
}

/** True when the last request of a worker that was answered put a copy into the poison queue. */
function hasCopied(actor: string, events: readonly LabEvent[]): boolean {
  const last = events.findLast((event) => event.what === 'answered' && event.actor === actor);
  return last?.what === 'answered' && last.request.op === 'send' && last.request.queue === POISON && last.reply.ok;
}
