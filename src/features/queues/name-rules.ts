/** `isBroken`: typing on cannot mend it. */
export type NameRule = { rule: string; isMet: boolean; isBroken: boolean };

/**
 * The rules for queue names, each with whether `name` keeps it. An empty name keeps none and breaks none, so that the
 * list starts unticked. Rules: learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata
 */
export function nameRules(name: string): NameRule[] {
  const isBegun = name !== '';
  const isLegal = /^[a-z0-9-]*$/.test(name);
  const isDoubled = name.includes('--');
  const startsWell = /^[a-z0-9]/i.test(name);
  return [
    { rule: '3 to 63 characters', isMet: name.length >= 3 && name.length <= 63, isBroken: name.length > 63 },
    { rule: 'Only lower-case letters a to z, digits and hyphens', isMet: isBegun && isLegal, isBroken: !isLegal },
    {
      rule: 'Starts and ends with a letter or digit',
      isMet: startsWell && /[a-z0-9]$/i.test(name),
      isBroken: isBegun && !startsWell,
    },
    { rule: 'No two hyphens in a row', isMet: isBegun && !isDoubled, isBroken: isDoubled },
  ];
}

/** True when Azure takes it as a queue name. */
export const isQueueName = (name: string) => nameRules(name).every(({ isMet }) => isMet);
