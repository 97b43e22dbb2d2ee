import type { Params } from '@/lab/run/params';
import { type Input, withParam } from '@/lab/run/run';

/** The settings at a time: those of the run with what was set since. */
export function paramsAt(params: Params, inputs: readonly Input[], now: number): Params {
  let after = params;
  for (const input of inputs)
    if (input.act === 'set' && input.at <= now) after = withParam(after, input.name, input.value);
  return after;
}
