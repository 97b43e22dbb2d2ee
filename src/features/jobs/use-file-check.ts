import { useEffect, useState } from 'react';
import type { ImportRules } from '@/bulk/files/import-row';
import { placeOf } from './begin-job';
import { checkFile, type FileCheck } from './check-file';

/** Looks through the file anew whenever it or a rule changes. */
export function useFileCheck(
  connection: string,
  queue: string,
  file: File | undefined,
  rules: ImportRules | undefined,
) {
  const [state, setState] = useState<{ of: string; check: FileCheck }>();
  const shape = rules && JSON.stringify(rules);
  useEffect(() => {
    if (!file || shape === undefined) return;
    const control = new AbortController();
    const { signal } = control;
    checkFile(file, placeOf(connection, queue), JSON.parse(shape) as ImportRules, {
      signal,
      onCheck: (check) => setState({ of: shape, check }),
    }).catch((error: unknown) => {
      const broken = error instanceof Error ? error.message : String(error);
      const nothing = { format: 'jsonl' as const, rows: 0, first: [], wrong: 0, problems: [] };
      if (!signal.aborted) setState({ of: shape, check: { ...nothing, broken, isWhole: true } });
    });
    return () => control.abort();
  }, [connection, queue, file, shape]);
  return file ? state?.check : undefined;
}
