export type NameRule = { rule: string; isMet: boolean };

/**
 * The rules for queue names, each with whether `name` keeps it. An empty name keeps none, so that the list starts
 * unticked. Rules: learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata
 */
export function nameRules(name: string): NameRule[] {
  const isBegun = name !== '';
  return [
    { rule: '3 to 63 characters', isMet: name.length >= 3 && name.length <= 63 },
    { rule: 'Only lower-case letters a to z, digits and hyphens', isMet: /^[a-z0-9-]+$/.test(name) },
    { rule: 'Starts and ends with a letter or digit', isMet: /^[a-z0-9]/i.test(name) && /[a-z0-9]$/i.test(name) },
    { rule: 'No two hyphens in a row', isMet: isBegun && !name.includes('--') },
  ];
}

/** True when Azure takes it as a queue name. */
export const isQueueName = (name: string) => nameRules(name).every(({ isMet }) => isMet);
