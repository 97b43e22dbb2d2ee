import type { Params } from '@/lab/run/params';
import { ACT_MS, type Input, withParam } from '@/lab/run/run';

/** The settings at a time: those of the run with what was set since, also by an act that waits for time to go on. */
export function paramsAt(params: Params, inputs: readonly Input[], now: number): Params {
  let after = params;
  for (const input of inputs)
    if (input.act === 'set' && input.at <= now + ACT_MS) after = withParam(after, input.name, input.value);
  return after;
}
