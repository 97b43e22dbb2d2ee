import { describe, expect, inject, test } from 'vitest';
import { importKey } from '@/azure/credentials/shared-key';
import type { Connection } from '@/azure/protocol/connection';
import { EMULATOR } from '@/azure/protocol/emulator';
import { SERVICE_VERSION } from '@/azure/wire/signed-request';
import { ALL_DIFFERENCES } from '../histories/differences.fixture';
import { type Asked, askFact } from './ask-fact.fixture';
import { unlike } from './compare-fact.fixture';
import { FACTS, type Fact, isOfCors } from './fact.fixture';

/** A fact that is not asked of Azurite, with what shows it there. */
const NOT_ASKED: Readonly<Record<string, string>> = {
  'six CORS rules':
    'Azurite takes them, and would let no page in from then on; "rules of CORS" in the histories shows it.',
};

/** An account that no other test uses: nobody has set its properties, but for the rule that lets this page in. */
const endpoint = inject('azurite').url.replace(EMULATOR.account, 'facts');
const connection: Connection = {
  account: 'facts',
  endpoint,
  secondaryEndpoint: `${endpoint}-secondary`,
  credential: { kind: 'key', key: await importKey(EMULATOR.key) },
};
const azurite: Asked = { connection, now: Date.now, fetch: globalThis.fetch.bind(globalThis) };

/** That a page can read an answer is all that it sees of CORS headers. */
const asSeenByAPage = (fact: Fact): Fact =>
  isOfCors(fact) ? { ...fact, response: { ...fact.response, headers: {} } } : fact;

const asked = FACTS.filter((fact) => NOT_ASKED[fact.case] === undefined);
/** In the order of the facts: properties are read before they are changed. */
const found = new Map<string, string[]>();
for (const [number, fact] of asked.entries()) {
  const version = SERVICE_VERSION;
  const { answered, next } = await askFact(azurite, fact, { name: `fact-${number}`, version });
  found.set(fact.case, unlike(asSeenByAPage(fact), answered, next));
}

describe('Azurite differs from the real service', () => {
  const named = ALL_DIFFERENCES.flatMap(([name, { facts = [] }]) => facts.map((one) => [one, name] as const));

  test.each(named.filter(([one]) => NOT_ASKED[one] === undefined))('in "%s", as "%s" says', (one) => {
    expect(found.get(one)).not.toEqual([]);
  });

  test('nowhere else', () => {
    const cases = new Set(named.map(([one]) => one));
    const others = [...found].filter(([one, lines]) => lines.length > 0 && !cases.has(one));
    expect(others).toEqual([]);
    // 43 with the one of CORS; "six CORS rules" is not asked.
    expect(asked.length - new Set(named.map(([one]) => one)).size + Object.keys(NOT_ASKED).length).toBe(43);
  });
});
