import type { Stage } from '@/azure/bodies/model';

/**
 * What went wrong on the way to a step of the decode chain, in sentences: of the step itself as it is, of those before it with
 * their names, since a body that was cut off by one looks whole in the next. `stopped` is told elsewhere.
 */
export function problemsUpTo(stages: readonly Stage[], current: number, stopped: string | undefined): string[] {
  return stages.slice(0, current + 1).flatMap(({ label, problem, remark }, index) => {
    const told = [problem, remark].filter((one) => one !== undefined);
    if (index === current) return told;
    return told
      .filter((one) => stopped === undefined || !one.toLowerCase().includes(stopped.toLowerCase()))
      .map((one) => `${label}: ${one}`);
  });
}
