import { expect, test } from 'vitest';
import { decodeBody } from '@/azure/bodies/decode-body';
import { wrapText } from '@/azure/bodies/encode-layers';
import type { Stage } from '@/azure/bodies/model';
import { problemsUpTo } from './stage-problems';

const stages: Stage[] = [
  { kind: 'base64', label: 'Base64', text: 'H4sI' },
  { kind: 'gzip', label: 'gzip', problem: 'The gzip data is damaged after 40 bytes.' },
  { kind: 'text', label: 'Text', text: '{"order":41907' },
];

test('a problem of a step is told with the last one, by the name of its step', () => {
  expect(problemsUpTo(stages, 2, undefined)).toEqual(['gzip: The gzip data is damaged after 40 bytes.']);
  expect(problemsUpTo(stages, 1, undefined)).toEqual(['The gzip data is damaged after 40 bytes.']);
  expect(problemsUpTo(stages, 0, undefined)).toEqual([]);
});

test('what is odd about a step is told like what is wrong with it', () => {
  const odd = [
    { kind: 'base64', label: 'Base64', text: 'YQ', remark: 'Written without padding.' } as const,
    ...stages.slice(2),
  ];
  expect(problemsUpTo(odd, 1, undefined)).toEqual(['Base64: Written without padding.']);
});

test('what decoding stopped at is told once', () => {
  const packed: Stage[] = [
    { kind: 'gzip', label: 'gzip', problem: 'Only the first 1 MiB are unpacked.' },
    { kind: 'text', label: 'Text', text: 'x' },
  ];
  expect(problemsUpTo(packed, 1, 'only the first 1 MiB are unpacked')).toEqual([]);
  expect(problemsUpTo(packed, 0, 'only the first 1 MiB are unpacked')).toEqual(['Only the first 1 MiB are unpacked.']);
});

test.each(['gzip', 'zlib'] as const)('%s that was cut off is told on what is shown of it', async (packing) => {
  const text = await wrapText(`{"order":41907,"note":"${Array.from({ length: 400 }, (_, at) => at * 7919).join()}"}`, [
    'base64',
    packing,
  ]);
  const { stages: chain, stopped } = await decodeBody(text.slice(0, Math.floor(text.length / 8) * 4));
  expect(problemsUpTo(chain, chain.length - 1, stopped).join(' ')).toContain(packing);
});
