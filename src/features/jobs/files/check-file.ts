import { guessBase64 } from '@/azure/bodies/base64';
import type { FileGuess, LayoutChoice } from '@/bulk/files/file-layout';
import { guessLayout } from '@/bulk/files/guess-layout';
import type { ImportRow, ImportRules } from '@/bulk/files/import-row';
import { FileProblem } from '@/bulk/files/read-text';
import { placeholdersIn } from '@/bulk/files/unasked';
import { guessFile, readMessages } from '@/bulk/jobs/import-messages';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { useAsync } from '@/ui/browser/use-async';
import { targetOf } from '../shared/scope';

/** What an import finds in a file, as far as it has read it. */
export type FileCheck = {
  /** How the messages stand in it; undefined when it cannot be read at all. */
  guess: FileGuess | undefined;
  rows: number;
  /** The first rows. */
  first: ImportRow[];
  /** True when the texts of the first rows are all Base64. */
  isBase64: boolean;
  invalid: number;
  /** Rows with an empty text. */
  empty: number;
  /** Placeholders of a template in the texts, each once, at most three. */
  placeholders: string[];
  /** Why rows cannot be sent, each reason once, in the order of the first of its rows. */
  problems: RowProblems[];
  /** Why the file cannot be read further. */
  broken?: string;
  isWhole: boolean;
};

/** Rows that break one rule. */
export type RowProblems = {
  /** The rule, of the first of them. */
  problem: string;
  /** True when the rule names something else of other rows, such as another time. */
  isVaried: boolean;
  count: number;
  /** The first of them. */
  rows: Pick<ImportRow, 'row' | 'line'>[];
};

const MAX_SHOWN_ROWS = 8;
/** Reasons that are told apart. */
const MAX_PROBLEMS = 50;
/** Rows that are named of each reason. */
const MAX_NAMED_ROWS = 5;
/** Placeholders that are named. */
const MOST_PLACEHOLDERS = 3;
const REPORT_EVERY_MS = 150;

const NOTHING: FileCheck = {
  guess: undefined,
  rows: 0,
  first: [],
  isBase64: false,
  invalid: 0,
  empty: 0,
  placeholders: [],
  problems: [],
  isWhole: false,
};

/** Reads a whole file without keeping it, and reports every 150 ms and at the end. */
export async function checkFile(
  file: File,
  to: QueueTarget,
  { choice, ...rules }: ImportRules & { choice: LayoutChoice },
  { signal, onCheck }: { signal: AbortSignal; onCheck: (check: FileCheck) => void },
): Promise<void> {
  const guess = await guessOrProblem(file, choice);
  if (guess instanceof FileProblem) {
    // With no more than what was chosen, so that it can be chosen otherwise.
    const sample = { text: '', isWhole: true, name: file.name, encoding: choice.encoding ?? 'utf-8' } as const;
    return onCheck({ ...NOTHING, guess: await guessLayout(sample, choice), broken: guess.message, isWhole: true });
  }
  const check: FileCheck = { ...NOTHING, guess, first: [], placeholders: [] };
  const reasons = gatherReasons();
  const stand = (isWhole = false): FileCheck => ({
    ...check,
    isBase64: isAllBase64(check.first),
    problems: reasons.all(),
    isWhole,
  });
  let reportedAt = performance.now();
  try {
    for await (const row of readMessages(file, to, { ...rules, ...guess.layout })) {
      if (signal.aborted) return;
      check.rows++;
      if (check.first.length < MAX_SHOWN_ROWS) check.first.push(row);
      if ('problem' in row) {
        check.invalid++;
        reasons.add(row);
      } else noteDoubts(check, row.draft.text);
      if (performance.now() - reportedAt < REPORT_EVERY_MS) continue;
      onCheck(stand());
      // Lets the page draw: rows in memory come without a pause.
      await new Promise((resolve) => setTimeout(resolve));
      reportedAt = performance.now();
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    check.broken = error.message;
  }
  if (!signal.aborted) onCheck(stand(true));
}

/** Notes what a person is asked about before it is sent. */
function noteDoubts(check: FileCheck, text: string) {
  if (text === '') check.empty++;
  if (check.placeholders.length >= MOST_PLACEHOLDERS) return;
  const more = placeholdersIn(text).filter((one) => !check.placeholders.includes(one));
  check.placeholders = [...check.placeholders, ...more].slice(0, MOST_PLACEHOLDERS);
}

async function guessOrProblem(file: File, choice: LayoutChoice): Promise<FileGuess | FileProblem> {
  try {
    return await guessFile(file, { ...choice, name: file.name });
  } catch (error) {
    if (error instanceof FileProblem) return error;
    throw error;
  }
}

/** Gathers problems of rows by their reason: sentences that differ in numbers alone are one. */
function gatherReasons() {
  const reasons = new Map<string, RowProblems>();
  return {
    add({ row, line, problem }: ImportRow & { problem: string }): void {
      const key = problem.replaceAll(/U\+[\dA-F]+|\d[\d,.:TZ-]*/g, '#');
      const reason = reasons.get(key);
      if (!reason) {
        if (reasons.size < MAX_PROBLEMS) {
          reasons.set(key, { problem, isVaried: false, count: 1, rows: [{ row, line }] });
        }
        return;
      }
      reason.count++;
      reason.isVaried ||= reason.problem !== problem;
      if (reason.rows.length < MAX_NAMED_ROWS) reason.rows.push({ row, line });
    },
    all: () => Array.from(reasons.values(), (reason) => ({ ...reason, rows: [...reason.rows] })),
  };
}

const isAllBase64 = (rows: readonly ImportRow[]): boolean =>
  rows.length > 0 && rows.every((row) => 'draft' in row && guessBase64(row.draft.text) !== undefined);

/**
 * Checks a file anew whenever it, a rule or the layout changes: `check` is the latest of the file, also by earlier rules, and
 * `isCurrent` says whether it is by these.
 */
export function useFileCheck(
  connectionId: string,
  queue: string,
  file: File | undefined,
  rules: (ImportRules & { choice: LayoutChoice }) | undefined,
): { check: FileCheck | undefined; isCurrent: boolean } {
  const key = file && rules && [connectionId, queue, file, JSON.stringify(rules)];
  const { value, last } = useAsync<{ file: File; check: FileCheck }>(key, async (signal, show) => {
    if (!file || !rules) return;
    const onCheck = (check: FileCheck) => show({ file, check });
    try {
      await checkFile(file, targetOf(connectionId, queue), rules, { signal, onCheck });
    } catch (error) {
      const broken = error instanceof Error ? error.message : String(error);
      onCheck({ ...NOTHING, broken, isWhole: true });
    }
  });
  return { check: file && last?.file === file ? last.check : undefined, isCurrent: value !== undefined };
}
