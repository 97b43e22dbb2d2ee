import type { Judge, Judged } from '../leasing/leasing';
import { whyUncertain } from '../work/change-text';

const NONE: Judged = { wanted: new Set(), untested: new Map() };

/** A test of which messages belong to a scope, with what it has told so far: a message is tested once, unless that failed. */
export function createScopeTest(judge: Judge) {
  /** Why messages could not be tested, by id. */
  const untested = new Map<string, string>();

  const test: Judge = async (candidates) => {
    const whole = candidates.filter(({ message }) => !message.unreadable);
    const judged = whole.length > 0 ? await judge(whole) : NONE;
    const failed = new Map(judged.untested);
    for (const { message } of candidates) {
      untested.delete(message.id);
      if (message.unreadable) failed.set(message.id, whyUncertain({ message }));
    }
    for (const [id, reason] of failed) untested.set(id, reason);
    return { wanted: judged.wanted, untested: failed };
  };

  /** For messages that the scope has, or that could not be tested: these are tested once more. */
  const again: Judge = async (candidates) => {
    const known = candidates.filter(({ message }) => !untested.has(message.id));
    const judged = await test(candidates.filter(({ message }) => untested.has(message.id)));
    return { ...judged, wanted: new Set([...known.map(({ message }) => message.id), ...judged.wanted]) };
  };

  return {
    judge: test,
    again,
    /** Why a message could not be tested, as a sentence; undefined where it was. */
    untested: (id: string): string | undefined => untested.get(id),
    /** Notes that a message cannot be tested. */
    fail: (id: string, reason: string) => void untested.set(id, reason),
  };
}
