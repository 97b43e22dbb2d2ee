import type { FileFormat } from '@/bulk/files/file-format';
import type { ImportRow, ImportRules } from '@/bulk/files/import-row';
import { FileProblem } from '@/bulk/files/read-text';
import { previewMessages, readMessages } from '@/bulk/jobs/import-messages';
import type { QueueTarget } from '@/bulk/requests/queue-target';

/** What a file holds, as far as it was looked through. */
export type FileCheck = {
  format: FileFormat;
  rows: number;
  /** The first rows. */
  first: ImportRow[];
  wrong: number;
  /** The first rows that cannot be sent. */
  problems: { row: number; line: number; problem: string }[];
  /** Why it cannot be read any further. */
  broken?: string;
  isWhole: boolean;
};

const FIRST = 8;
const MOST_PROBLEMS = 200;
/** Milliseconds between two reports. */
const REPORT_EVERY_MS = 150;

/** Looks through a whole file without keeping it, and reports now and then. */
export async function checkFile(
  file: File,
  to: QueueTarget,
  rules: ImportRules,
  { signal, onCheck }: { signal: AbortSignal; onCheck: (check: FileCheck) => void },
): Promise<void> {
  const { format } = await previewMessages(file, to, { ...rules, count: 1 });
  const check: FileCheck = { format, rows: 0, first: [], wrong: 0, problems: [], isWhole: false };
  let told = performance.now();
  try {
    for await (const row of readMessages(file, to, { ...rules, format })) {
      if (signal.aborted) return;
      check.rows++;
      if (check.first.length < FIRST) check.first.push(row);
      if ('problem' in row) {
        check.wrong++;
        if (check.problems.length < MOST_PROBLEMS) check.problems.push(row);
      }
      if (performance.now() - told < REPORT_EVERY_MS) continue;
      onCheck({ ...check });
      // Rows that are in memory already come without a pause: lets the page draw.
      await new Promise((resolve) => setTimeout(resolve));
      told = performance.now();
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    check.broken = error.message;
  }
  if (!signal.aborted) onCheck({ ...check, isWhole: true });
}
