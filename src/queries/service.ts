import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import type { AccessPolicy, Account, ServiceProperties } from '@/azure/protocol/model';
import { isSameValue } from './same-value';
import { changedSections, type SectionName } from './service-changes';

export const serviceKeys = {
  all: (account: Account) => [account.id, 'service'] as const,
  policies: (account: Account, queue: string) => [account.id, 'policies', queue] as const,
};

/** The current properties, never cached, as a form starts from them. */
export const serviceProperties = (account: Account) =>
  queryOptions({
    queryKey: [...serviceKeys.all(account), 'properties'],
    queryFn: ({ signal }) => account.getServiceProperties({ signal }),
    staleTime: 0,
    gcTime: 0,
  });

type Change<Value> = { mine: Value; base: Value };

/**
 * Writes the sections that differ from `base`, unless the service no longer has `base` in one of them: then writes nothing and
 * resolves to the current properties. The service has no conditional write, so a change between the two requests is lost.
 */
export const saveServiceProperties = (account: Account) =>
  mutationOptions({
    mutationKey: serviceKeys.all(account),
    mutationFn: async ({ mine, base }: Change<ServiceProperties>) => {
      const names = changedSections(base, mine);
      const now = await account.getServiceProperties();
      const theirs = names.filter((name) => !isSameValue(now[name], base[name]));
      if (theirs.length > 0) return { conflict: now, sections: theirs };
      await account.setServiceProperties(sectionsOf(mine, now, names));
      return 'saved' as const;
    },
  });

/** The sections to write; unknown elements beside the CORS rules are written with them. */
function sectionsOf(mine: ServiceProperties, now: ServiceProperties, names: readonly SectionName[]): ServiceProperties {
  const chosen = Object.fromEntries(names.map((name) => [name, mine[name]])) as ServiceProperties;
  const { unknownInCors } = now;
  return chosen.cors && unknownInCors !== undefined ? { ...chosen, unknownInCors } : chosen;
}

/** Replication stats of the secondary; `endpoint` separates the cache of different endpoints. */
export const serviceStats = (account: Account, endpoint: string | undefined) =>
  queryOptions({
    queryKey: [...serviceKeys.all(account), 'stats', endpoint],
    queryFn: ({ signal }) => account.getServiceStats({ signal }),
    staleTime: 30_000,
  });

/** The current stored access policies of a queue, never cached. */
export const accessPolicies = (account: Account, queue: string) =>
  queryOptions({
    queryKey: serviceKeys.policies(account, queue),
    queryFn: ({ signal }) => account.getAccessPolicies(queue, { signal }),
    staleTime: 0,
    gcTime: 0,
  });

/** Replaces all policies of a queue, unless it no longer has `base`: then writes nothing and resolves to the current ones. */
export const saveAccessPolicies = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: serviceKeys.policies(account, queue),
    mutationFn: async ({ mine, base }: Change<AccessPolicy[]>) => {
      const now = await account.getAccessPolicies(queue);
      if (!isSameValue(now, base)) return { conflict: now };
      await account.setAccessPolicies(queue, mine);
      return 'saved' as const;
    },
  });

/** Keys that are not reset when the other endpoint is read: the running sandbox, and the starting point of forms. */
const NOT_RESET: ReadonlySet<unknown> = new Set(['session', 'service', 'policies']);

/** Resets all data of an account, after switching its endpoint. */
export const refreshAccount = (client: QueryClient, account: Account) =>
  client.resetQueries({ queryKey: [account.id], predicate: ({ queryKey }) => !NOT_RESET.has(queryKey[1]) });
