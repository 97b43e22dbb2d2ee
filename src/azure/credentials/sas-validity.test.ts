import { expect, test } from 'vitest';
import { sasTimeProblem } from './sas-validity';

test.each<[Record<string, string>, string | undefined]>([
  [{}, undefined],
  [{ se: '2026-06-01T12:00:01Z' }, undefined],
  [{ se: '2026-06-01T12:00:00Z' }, 'This SAS expired on 2026-06-01 at 12:00 UTC.'],
  // Clocks may differ by 15 minutes, and this one may be behind.
  [{ st: '2026-06-01T12:15:00Z' }, undefined],
  [{ st: '2026-06-01T12:15:01Z' }, 'This SAS is not valid before 2026-06-01 at 12:15 UTC.'],
  [{ st: '2026-06-03', se: '2026-06-01' }, 'This SAS expired on 2026-06-01 at 00:00 UTC.'],
])('a signature with %j is, at noon on 1 June 2026, met with %j', (fields, problem) => {
  expect(sasTimeProblem(fields, Date.UTC(2026, 5, 1, 12))).toBe(problem);
});
