import type { RunHash } from '@/lab/engine/hash-run';
import { LESSONS } from '@/lab/lessons/titles';
import { type Run, writeRun } from '@/lab/run/run';
import { readRunFile, type SavedRun, writeRunFile } from '@/lab/run/run-file';
import { goTo } from '@/state/navigation/route';
import { saveFile, timedName } from '@/ui/browser/save-file';
import { announce } from '@/ui/feedback/live-region';
import { toast } from '@/ui/overlay/toast-store';
import { counted } from '@/words/counts';
import { isolated } from '@/words/isolate';
import type { OpenStage, Player } from '../play/player';
import { openWorkerStage } from '../play/worker-stage';

const ENDING = '.queuescope-run.json';
/** Bytes of a file that is looked into. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The hash of the log of a run up to a ms, from a worker of its own.
 * @throws {Error} when the run cannot be played, `PartError` when the worker does not arrive
 */
export function hashOf(run: Run, until: number, open: OpenStage = openWorkerStage): Promise<RunHash> {
  return new Promise((resolve, reject) => {
    const stage = open((answer) => {
      if (answer.kind === 'hashed') resolve(answer.log);
      else if (answer.kind === 'broken') reject(new Error(answer.message));
      else return;
      stage.close();
    }, reject);
    stage.send({ kind: 'hash', take: 1, run, until });
  });
}

/** Saves the run up to the moment that is shown, as a file. */
export async function saveRun(player: Player, part: string): Promise<void> {
  const { run, now } = player.scene();
  const at = Math.floor(now);
  try {
    const text = writeRunFile({ part, run, now: at, log: await hashOf(run, at) });
    const name = `${timedName(part === 'free' ? 'lab' : part, new Date())}${ENDING}`;
    saveFile(name, new Blob([text], { type: 'application/json' }));
    announce(`Run saved as ${name}`);
  } catch (error) {
    toast({ title: 'The run was not saved', detail: `${messageOf(error)}.`, tone: 'warn' });
  }
}

/** Opens a run that was saved, and says when it is not the one that was saved. */
export async function openRun(file: File): Promise<void> {
  const read = await readFile(file);
  if (read.problem !== undefined) {
    toast({ title: `${isolated(file.name.slice(0, 80))} was not opened`, detail: read.problem, tone: 'warn' });
    return;
  }
  const { saved } = read;
  const query = writeRun(saved.run, {});
  if (saved.now > 0) query.set('t', String(saved.now / 1000));
  goTo({ screen: 'lab', part: saved.part, query: query.toString() });
  announce('Run opened');
  const difference = await differenceOf(saved).catch((error: unknown) => `It cannot be checked: ${messageOf(error)}.`);
  if (difference !== undefined)
    toast({ title: 'This is not the run that was saved', detail: difference, tone: 'warn' });
}

async function readFile(file: File): Promise<ReturnType<typeof readRunFile>> {
  if (file.size > MOST_BYTES) return { problem: 'This file is larger than 2 MiB. A saved run never is.' };
  let text: string;
  try {
    text = await file.text();
  } catch {
    return { problem: 'This file could not be read.' };
  }
  const read = readRunFile(text);
  if (read.problem !== undefined) return read;
  const { part } = read.saved;
  if (part !== 'free' && !LESSONS.some(({ id }) => id === part))
    return { problem: `This run belongs to the lesson “${part}”, which this lab does not have.` };
  return read;
}

/** How the log of the run differs from that of the file, as a sentence; undefined when it is the same. */
export async function differenceOf({ run, log }: SavedRun, open?: OpenStage): Promise<string | undefined> {
  const played = await hashOf(run, log.until, open);
  if (played.hash === log.hash && played.until === log.until) return undefined;
  return `The log of the file has ${counted(log.events, 'event')} and the hash ${log.hash}; played here it has ${played.events} and ${played.hash}. The file was changed, or another version of the lab played it.`;
}

/** Without its full stop. */
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');

/** Lets a person choose a file of a run, and opens it. */
export function chooseRun(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,application/json';
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) void openRun(file);
  });
  input.click();
}
