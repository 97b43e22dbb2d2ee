import type { ImportRules } from '@/bulk/files/import-row';
import { useAsync } from '@/ui/browser/use-async';
import { targetOf } from './begin-job';
import { checkFile, type FileCheck } from './check-file';

/** Looks through the file anew whenever it or a rule changes. */
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
      onCheck({ format: 'jsonl', rows: 0, first: [], wrong: 0, problems: [], broken, isWhole: true });
    }
  });
  return file ? last : undefined;
}
