import { Code } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import type { Operation } from '@/samples/operation';
import { Button } from '@/ui/controls/button';

const SampleTabs = lazy(async () => ({ default: (await import('./sample-tabs')).SampleTabs }));

/** Below a form: what it would send as code, once a person asks for it. */
export function AsCode({ account, operation }: { account: Account; operation: Operation }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section aria-label="As code" className="min-w-0">
      <Button
        variant="ghost"
        icon={<Code />}
        aria-expanded={isOpen}
        className="-ml-2.5"
        onClick={() => setOpen(!isOpen)}
      >
        Copy as…
      </Button>
      {isOpen && (
        <Suspense fallback={<div className="h-60" />}>
          <SampleTabs
            operation={operation}
            where={{ endpoint: account.endpoint, accountName: account.name }}
            className="h-60"
          />
        </Suspense>
      )}
    </section>
  );
}
