import { ArrowRight } from 'lucide-react';
import type { Stage } from '@/azure/bodies/model';

type DecodeChainProps = { stages: readonly Stage[]; current: number; onChange: (stage: number) => void };

/** The steps from what travelled to what it means; each shows the body as it is there. */
export function DecodeChain({ stages, current, onChange }: DecodeChainProps) {
  return (
    <div role="group" aria-label="Decode chain" className="flex min-w-0 flex-wrap items-center gap-x-1 py-1">
      {stages.map((stage, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a step is its place in the chain
        <span key={index} className="flex flex-none items-center gap-1">
          {index > 0 && <ArrowRight aria-hidden="true" className="size-3 text-text-3" />}
          <button
            type="button"
            aria-pressed={index === current}
            onClick={() => onChange(index)}
            className="h-6 px-px max-desk:h-9 [&[aria-pressed=true]>span]:bg-accent-tint [&[aria-pressed=true]>span]:font-semibold [&[aria-pressed=true]>span]:text-accent"
          >
            <span className="flex h-5 items-center rounded-4 bg-active px-2 text-11 text-text-2 forced-colors:border">
              {stage.label}
            </span>
          </button>
        </span>
      ))}
    </div>
  );
}
