import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from '@/ui/controls/button';
import { Menu } from '@/ui/overlay/menu';
import { exclusionOf, inSafeOrder, stepName, WORK_STEPS, type WorkStep } from '../shared/work-steps';

/** What a step shows beside its name, and below it. */
export type StepContent = { head?: ReactNode; body?: ReactNode };

type JobStepsProps = {
  steps: readonly WorkStep[];
  contents: Record<WorkStep, StepContent>;
  /** Undefined where they stand as they are. */
  onChange: ((steps: readonly WorkStep[]) => void) | undefined;
};

/** The steps of a job in their safe order, as numbered circles on one line, and the menu that adds another. */
export function JobSteps({ steps, contents, onChange }: JobStepsProps) {
  const missing = WORK_STEPS.filter((step) => !steps.includes(step));
  return (
    <section aria-label="Steps for each message" className="grid grid-cols-1 gap-2">
      <h3 className="flex min-h-7 items-center gap-2 font-semibold">
        Steps for each message
        {steps.includes('send') && steps.includes('delete') && (
          <span className="text-12 font-normal text-text-3 max-desk:hidden">
            the copy exists before the original goes
          </span>
        )}
      </h3>
      <ol className="grid grid-cols-1 gap-1.5">
        {inSafeOrder(steps).map((step, index) => (
          <li key={step} className="relative flex gap-2.5">
            {index < steps.length - 1 && (
              <span aria-hidden className="absolute w-px bg-line-control" style={{ left: 10, top: 34, bottom: -12 }} />
            )}
            <span
              aria-hidden
              className="mt-2.5 grid size-5 flex-none place-items-center rounded-full bg-active text-11 font-semibold"
            >
              {index + 1}
            </span>
            <section
              aria-label={stepName(step)}
              className="grid min-w-0 flex-1 grid-cols-1 gap-1 rounded-8 border border-line-strong bg-surface py-1 pr-1.5 pl-3"
            >
              <div className="flex min-h-7 items-center gap-2">
                <h4 className="flex-none font-semibold">{stepName(step)}</h4>
                {contents[step].head}
                <span className="flex-1" />
                {onChange && (
                  <IconButton
                    size="sm"
                    label={`Remove step ${stepName(step)}`}
                    icon={<X />}
                    onClick={() => onChange(steps.filter((one) => one !== step))}
                  />
                )}
              </div>
              {contents[step].body && <div className="grid gap-1.5 pr-1.5 pb-1">{contents[step].body}</div>}
            </section>
          </li>
        ))}
      </ol>
      {onChange && missing.length > 0 && (
        <Menu
          align="start"
          trigger={
            <Button size="sm" variant="ghost" className="ml-6 justify-self-start">
              <Plus /> Add step
            </Button>
          }
          items={missing.map((step) => ({
            label: stepName(step),
            reason: exclusionOf(step, steps),
            onSelect: () => onChange([...steps, step]),
          }))}
        />
      )}
    </section>
  );
}
