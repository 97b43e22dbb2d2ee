import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fieldsOf, USUAL_EXPORT } from './export-fields';
import { chooseDestination } from './export-file';
import { type RuleForm, ruleProblems, rulesOf, USUAL_RULES } from './import-rule-fields';

const saveFile = vi.hoisted(() => vi.fn<(name: string, content: Blob) => void>());
vi.mock('@/ui/browser/save-file', () => ({ saveFile }));

const span = { amount: 2, unit: 'hours' } as const;
const delaySpan = { amount: 30, unit: 'seconds' } as const;

const problems = (form: Partial<RuleForm>) => ruleProblems({ ...USUAL_RULES, ...form });

describe('the rules of an import', () => {
  test.each<[Partial<RuleForm>, ReturnType<typeof rulesOf>]>([
    [{}, { timeToLive: 'kept' }],
    [{ life: 'never' }, { timeToLive: 'never' }],
    [{ life: 'default' }, { timeToLive: 'default' }],
    [{ life: 'span', span }, { timeToLive: 7200 }],
    [
      { span, delay: 'span', delaySpan },
      { timeToLive: 'kept', visibilityDelay: 30 },
    ],
    [{ delaySpan }, { timeToLive: 'kept' }],
  ])('the rules of the form %j', (form, rules) => expect(rulesOf({ ...USUAL_RULES, ...form })).toEqual(rules));

  test('a rule of an import is checked only where it is used', () => {
    const zero = { amount: 0, unit: 'seconds' } as const;
    expect(problems({ span: zero, delaySpan: { amount: 8, unit: 'days' } })).toEqual({});
    expect(problems({ life: 'span', span: zero }).life).toBeDefined();
    expect(problems({ delay: 'span', delaySpan: { amount: 8, unit: 'days' } }).delay).toBeDefined();
    // It would expire before anybody can see it.
    expect(problems({ life: 'span', span, delay: 'span', delaySpan: span }).delay).toBeDefined();
    expect(problems({ life: 'span', span, delay: 'span', delaySpan })).toEqual({});
  });
});

describe('the fields of an export', () => {
  test('an export has all fields, and in CSV the chosen ones in their order', () => {
    const fields = new Set(['dequeueCount', 'id'] as const);
    expect(fieldsOf({ ...USUAL_EXPORT, fields })).toContain('nextVisible');
    expect(fieldsOf({ ...USUAL_EXPORT, body: 'body' })).toContain('text');
    expect(fieldsOf({ ...USUAL_EXPORT, format: 'csv', fields, body: 'text' })).toEqual(['id', 'dequeueCount', 'text']);
    expect(fieldsOf({ ...USUAL_EXPORT, format: 'csv', fields, body: 'body' })).toEqual(['id', 'dequeueCount', 'body']);
  });
});

describe('where a file goes', () => {
  const pick = vi.fn<(options: unknown) => Promise<{ createWritable: () => Promise<WritableStream> }>>();
  beforeEach(() => void vi.stubGlobal('showSaveFilePicker', pick));
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetAllMocks();
  });
  const refusedBy = (name: string) => pick.mockRejectedValue(new DOMException('No.', name));

  test('a file goes to the disk where the browser allows it', async () => {
    const stream = new WritableStream();
    pick.mockResolvedValue({ createWritable: async () => stream });
    expect(await chooseDestination('orders.csv', 'csv')).toEqual({ stream });
    expect(pick).toHaveBeenCalledWith({
      suggestedName: 'orders.csv',
      types: [{ description: 'CSV', accept: { 'text/csv': ['.csv'] } }],
    });
  });

  test('nothing is written when no file was chosen, and other errors are thrown', async () => {
    refusedBy('AbortError');
    expect(await chooseDestination('a', 'json')).toBeUndefined();
    pick.mockRejectedValue(new Error('The disk is gone.'));
    await expect(chooseDestination('a', 'json')).rejects.toThrow('The disk is gone.');
  });

  test.each(['SecurityError', 'NotAllowedError', undefined])(
    'a file is downloaded after %s, with every piece once',
    async (name) => {
      if (name === undefined) vi.stubGlobal('showSaveFilePicker', undefined);
      else refusedBy(name);
      const destination = await chooseDestination('orders.jsonl', 'jsonl');
      const writer = destination?.stream.getWriter();
      const pieces = ['a', 'b'.repeat(8_388_608), 'c', 'd'];
      for (const piece of pieces) await writer?.write(new TextEncoder().encode(piece));
      destination?.save?.();
      const [file, content] = saveFile.mock.calls[0] ?? [];
      expect(file).toBe('orders.jsonl');
      expect((await content?.text()) === pieces.join('')).toBe(true);
    },
  );
});
