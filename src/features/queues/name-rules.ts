import { QUEUE_NAME_RULES, queueNameProblem, typedOn } from '@/azure/protocol/input-rules';

/** `isBroken`: typing on cannot keep the rule. */
export type NameRule = { rule: string; isMet: boolean; isBroken: boolean };

/**
 * The rules for queue names, each with whether `name` keeps it. An empty name keeps none and breaks none, so that the
 * list starts unticked.
 */
export const nameRules = (name: string): NameRule[] =>
  QUEUE_NAME_RULES.map(({ words, isMet }) => ({
    rule: words.charAt(0).toUpperCase() + words.slice(1),
    isMet: name !== '' && isMet(name),
    isBroken: name !== '' && !isMet(name) && !isMet(typedOn(name)),
  }));

/** True when Azure takes it as a queue name. */
export const isQueueName = (name: string): boolean => queueNameProblem(name) === undefined;
