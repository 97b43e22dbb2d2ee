import { DEFAULTS } from './params';
import { LAST_MS, type Run, readRun, VERSION, writeRun } from './run';

/** A run that was saved, with what tells whether it is played as it was then. */
export type SavedRun = {
  /** The part of the lab: `free`, or the id of a lesson. */
  part: string;
  run: Run;
  /** Ms of the run that were shown when it was saved. */
  now: number;
  /** Of the log up to and with `until` ms of the run. */
  log: { until: number; events: number; hash: string };
};

const FORMAT = 'queuescope-run';
/** Characters that a file may have. */
const MOST_FILE = 2 * 1024 * 1024;
/** Characters of a run in a file: that of 2,000 acts has some 30,000. */
const MOST_RUN = 100_000;
/** The text of the file. */
export const writeRunFile = ({ part, run, now, log }: SavedRun): string =>
  `${JSON.stringify(
    {
      format: FORMAT,
      version: VERSION,
      part,
      run: writeRun(run).toString(),
      ...(run.bare && { bare: true }),
      now,
      log,
    },
    null,
    2,
  )}\n`;

/** Reads the text of a file, or says in a sentence why it is no run that can be played. Never throws. */
export function readRunFile(text: string): { saved: SavedRun; problem?: undefined } | { problem: string } {
  if (text.length > MOST_FILE) return { problem: 'This file is larger than 2 MiB. A saved run never is.' };
  const content = readJson(text);
  if ('problem' in content) return content;
  const { value } = content;
  if (!isRecord(value) || value['format'] !== FORMAT)
    return { problem: 'This is a file of another kind: it does not say that it is a run of Queuescope.' };
  const { version, part, run, bare, now, log } = value;
  if (version !== VERSION)
    return {
      problem:
        typeof version === 'number'
          ? `This run is of version ${version}, and this lab plays version ${VERSION}.`
          : 'This run does not say of which version it is.',
    };
  if (typeof part !== 'string' || !/^[a-z\d-]{1,60}$/.test(part))
    return { problem: 'This run does not say which part of the lab it belongs to.' };
  if (typeof run !== 'string') return { problem: 'This file has no run.' };
  if (run.length > MOST_RUN) return { problem: 'This run has more acts than the lab plays.' };
  const read = readRun(new URLSearchParams(run), DEFAULTS);
  const [problem] = read.problems;
  if (problem !== undefined) return { problem: `This run cannot be read: ${problem}` };
  if (!isTime(now)) return { problem: 'The time at which this run was saved cannot be read.' };
  if (!isRecord(log) || !isTime(log['until']) || !isCount(log['events']) || !isHash(log['hash']))
    return { problem: 'This file has no hash of its log, so that nobody can tell whether it is the same run.' };
  return {
    saved: {
      part,
      run: { ...read.run, ...(bare === true && { bare: true }) },
      now,
      log: { until: log['until'], events: log['events'], hash: log['hash'] },
    },
  };
}

function readJson(text: string): { value: unknown } | { problem: string } {
  if (text.trim() === '') return { problem: 'This file is empty.' };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // What begins as our files do, and is no JSON, was not written to its end or was changed.
    return /^\s*\{\s*"format"\s*:\s*"queuescope-run/.test(text) && !/\}\s*$/.test(text)
      ? { problem: 'This file is cut off: its end is missing.' }
      : { problem: 'This file is no JSON, so it is no saved run.' };
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isTime = (value: unknown): value is number => isCount(value) && value <= LAST_MS;
const isHash = (value: unknown): value is string => typeof value === 'string' && /^[\da-f]{16}$/.test(value);
