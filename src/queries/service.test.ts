import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { ruleFor } from '@/azure/diagnosis/cors-rule';
import type { AccessPolicy, Account, ServiceProperties } from '@/azure/protocol/model';
import { saveAccessPolicies, saveServiceProperties } from './service';

const off = { version: '1.0', enabled: false, retention: { enabled: false } };
const STORED: ServiceProperties = {
  logging: { version: '1.0', read: false, write: false, delete: false, retention: { enabled: false } },
  hourMetrics: off,
  minuteMetrics: off,
  cors: [ruleFor('https://a.example')],
  unknownInCors: '<Fallback>none</Fallback>',
};

/** A service that keeps its properties and policies here, and every write that it was sent. */
function service(stored: ServiceProperties = STORED, policies: AccessPolicy[] = []) {
  const now = { properties: structuredClone(stored), policies: structuredClone(policies) };
  const written: unknown[] = [];
  const account = {
    id: 'a',
    getServiceProperties: () => Promise.resolve(structuredClone(now.properties)),
    setServiceProperties: (change: ServiceProperties) => {
      written.push(change);
      Object.assign(now.properties, change);
      return Promise.resolve();
    },
    getAccessPolicies: () => Promise.resolve(structuredClone(now.policies)),
    setAccessPolicies: (_: string, change: AccessPolicy[]) => {
      written.push(change);
      now.policies = change;
      return Promise.resolve();
    },
  } as unknown as Account;
  const client = new QueryClient();
  return {
    now,
    written,
    save: (change: { mine: ServiceProperties; base: ServiceProperties }) =>
      client.getMutationCache().build(client, saveServiceProperties(account)).execute(change),
    savePolicies: (change: { mine: AccessPolicy[]; base: AccessPolicy[] }) =>
      client.getMutationCache().build(client, saveAccessPolicies(account, 'orders')).execute(change),
  };
}

const cors = [...(STORED.cors ?? []), ruleFor('https://b.example')];

test('only the sections that were changed are written, with what stands beside the rules', async () => {
  const { save, written } = service();
  expect(await save({ mine: { ...STORED, cors }, base: STORED })).toBe('saved');
  expect(written).toEqual([{ cors, unknownInCors: '<Fallback>none</Fallback>' }]);
});

test('what somebody else changed in another section meanwhile stays, and is no conflict', async () => {
  const { save, now } = service();
  now.properties.hourMetrics = { ...off, enabled: true, includeApis: true };
  expect(await save({ mine: { ...STORED, cors }, base: STORED })).toBe('saved');
  expect(now.properties.hourMetrics.enabled).toBe(true);
  expect(now.properties.cors).toEqual(cors);
});

test('what somebody else changed in the same section meanwhile is not written over', async () => {
  const { save, now, written } = service();
  now.properties.cors = [];
  expect(await save({ mine: { ...STORED, cors }, base: STORED })).toEqual({
    conflict: now.properties,
    sections: ['cors'],
  });
  expect(written).toEqual([]);
});

test('policies that somebody else changed meanwhile are not written over', async () => {
  const base = [{ id: 'readers', permissions: 'r' }];
  const mine = [...base, { id: 'workers', permissions: 'rup' }];
  const theirs = service(STORED, [{ id: 'readers', permissions: 'ra' }]);
  expect(await theirs.savePolicies({ mine, base })).toEqual({ conflict: [{ id: 'readers', permissions: 'ra' }] });
  expect(theirs.written).toEqual([]);
  const same = service(STORED, base);
  expect(await same.savePolicies({ mine, base })).toBe('saved');
  expect(same.now.policies).toEqual(mine);
});
