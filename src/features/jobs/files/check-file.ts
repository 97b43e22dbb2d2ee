import type { FileFormat } from '@/bulk/files/file-format';
import type { ImportRow, ImportRules } from '@/bulk/files/import-row';
import { FileProblem } from '@/bulk/files/read-text';
import { previewMessages, readMessages } from '@/bulk/jobs/import-messages';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { useAsync } from '@/ui/browser/use-async';
import { targetOf } from '../shared/scope';

/** What an import finds in a file, as far as it has read it. */
export type FileCheck = {
  format: FileFormat;
  rows: number;
  /** The first rows. */
  first: ImportRow[];
  invalid: number;
  /** The first rows that cannot be sent. */
  problems: { row: number; line: number; problem: string }[];
  /** Why the file cannot be read further. */
  broken?: string;
  isWhole: boolean;
};

const MAX_SHOWN_ROWS = 8;
const MAX_PROBLEMS = 200;
const REPORT_EVERY_MS = 150;

/** Reads a whole file without keeping it, and reports every 150 ms and at the end. */
export async function checkFile(
  file: File,
  to: QueueTarget,
  rules: ImportRules,
  { signal, onCheck }: { signal: AbortSignal; onCheck: (check: FileCheck) => void },
): Promise<void> {
  const { format } = await previewMessages(file, to, { ...rules, count: 1 });
  const check: FileCheck = { format, rows: 0, first: [], invalid: 0, problems: [], isWhole: false };
  let reportedAt = performance.now();
  try {
    for await (const row of readMessages(file, to, { ...rules, format })) {
      if (signal.aborted) return;
      check.rows++;
      if (check.first.length < MAX_SHOWN_ROWS) check.first.push(row);
      if ('problem' in row) {
        check.invalid++;
        if (check.problems.length < MAX_PROBLEMS) check.problems.push(row);
      }
      if (performance.now() - reportedAt < REPORT_EVERY_MS) continue;
      onCheck({ ...check });
      // Lets the page draw: rows in memory come without a pause.
      await new Promise((resolve) => setTimeout(resolve));
      reportedAt = performance.now();
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    check.broken = error.message;
  }
  if (!signal.aborted) onCheck({ ...check, isWhole: true });
}

/** Checks a file anew whenever it or a rule changes; undefined without a file. */
export function useFileCheck(
  connectionId: string,
  queue: string,
  file: File | undefined,
  rules: ImportRules | undefined,
) {
  const key = file && rules && [connectionId, queue, file, JSON.stringify(rules)];
  const { last } = useAsync<FileCheck>(key, async (signal, onCheck) => {
    if (!file || !rules) return;
    try {
      await checkFile(file, targetOf(connectionId, queue), rules, { signal, onCheck });
    } catch (error) {
      const broken = error instanceof Error ? error.message : String(error);
      onCheck({ format: 'jsonl', rows: 0, first: [], invalid: 0, problems: [], broken, isWhole: true });
    }
  });
  return file ? last : undefined;
}
