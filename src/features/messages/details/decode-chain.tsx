import { ArrowRight } from 'lucide-react';
import type { Stage } from '@/azure/bodies/model';
import { Toolbar } from '@/ui/controls/toolbar';

type DecodeChainProps = {
  stages: readonly Stage[];
  current: number;
  /** The inner value that the chain is of: `$.data_base64`; undefined for that of the body. */
  of?: string | undefined;
  onChange: (stage: number) => void;
};

/** The steps of the decode chain as buttons; each shows the body, or the inner value, at that step. */
export function DecodeChain({ stages, current, of, onChange }: DecodeChainProps) {
  return (
    <Toolbar label="Decode steps" className="min-w-0">
      <div
        role="group"
        aria-label="Decode chain"
        className="flex min-w-0 flex-wrap items-center gap-x-1 py-1 short:flex-nowrap short:overflow-x-auto"
      >
        {of !== undefined && (
          <>
            <code className="max-w-40 truncate font-mono text-11 text-text-2" title={of}>
              {of}
            </code>
            <Arrow />
          </>
        )}
        {stages.map((stage, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a step is its place in the chain
          <span key={index} className="flex flex-none items-center gap-1">
            {index > 0 && <Arrow />}
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
    </Toolbar>
  );
}

const Arrow = () => <ArrowRight aria-hidden="true" className="size-3 flex-none text-text-3" />;
