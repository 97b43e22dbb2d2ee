import type { Action } from './action';
import { BULK } from './bulk';
import { DELETES } from './deletes';
import { LEASES } from './leases';
import { OTHERS } from './others';
import { STEPS } from './steps';
import { TEXTS } from './texts';

/** All actions of sequences. */
export const ACTIONS: readonly Action[] = [...LEASES, ...TEXTS, ...DELETES, ...BULK, ...STEPS, ...OTHERS];

export function actionOf(name: string): Action {
  const action = ACTIONS.find((one) => one.name === name);
  if (!action) throw new Error(`There is no action "${name}".`);
  return action;
}
