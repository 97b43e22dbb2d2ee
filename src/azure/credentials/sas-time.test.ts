import { describe, expect, test } from 'vitest';
import { readSasTime } from './sas-time';

describe('a time in a signature or policy', () => {
  test.each([
    ['2026-01-02', '2026-01-02T00:00:00.0000000Z'],
    ['2026-01-02T03:04Z', '2026-01-02T03:04:00.0000000Z'],
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.0000000Z'],
    ['2026-01-02T03:04:05.1234567Z', '2026-01-02T03:04:05.1234567Z'],
    ['2026-01-02T03:04:05+02:00', '2026-01-02T01:04:05.0000000Z'],
    ['2026-01-01T23:30-01:00', '2026-01-02T00:30:00.0000000Z'],
  ])('%s is %s', (text, utc) => {
    expect(readSasTime(text)).toEqual({ text: utc, epochMs: Date.parse(utc) });
  });

  test.each(['', 'tomorrow', '2026-13-01', '2026-02-30', '2026-01-02T25:00Z', '2026-01-02T03:04:05', '2026-1-2'])(
    '"%s" is none',
    (text) => {
      expect(readSasTime(text)).toBeUndefined();
    },
  );
});
