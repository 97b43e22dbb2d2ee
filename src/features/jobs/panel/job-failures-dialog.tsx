import { useState } from 'react';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { Outcome, OutcomeKind } from '@/bulk/requests/outcome';
import { jobOf } from '@/state/jobs/job-list';
import type { JobKind, ListedJob } from '@/state/jobs/job-store';
import { viewRequestOf } from '@/state/navigation/view-request';
import { Badge, type Tone } from '@/ui/controls/badge';
import { Button } from '@/ui/controls/button';
import { Checkbox } from '@/ui/controls/checkbox';
import { ViewRequest } from '@/ui/feedback/failure';
import { VirtualList } from '@/ui/grid/virtual-list';
import { CloseButton, Dialog } from '@/ui/overlay/dialog';
import { counted } from '@/words/counts';
import { reportOf } from '../report/job-report';
import { jobTitle, outcomeText } from '../shared/job-text';

const TONES: Record<OutcomeKind, Tone> = {
  done: 'accent',
  skipped: 'neutral',
  failed: 'danger',
  maybeDone: 'warn',
  maybeTwice: 'warn',
  inBoth: 'warn',
};
const ROW_PX = 68;

/** The outcomes of a job other than done, and the way to retry them. */
export default function JobFailuresDialog({ job: id, line, onClose }: DialogProps) {
  const listed = jobOf(id);
  return listed && <Failures listed={listed} line={line} onClose={onClose} />;
}

type DialogProps = { job: number; line?: string; onClose: () => void };
type FailuresProps = { listed: ListedJob; line: string | undefined; onClose: () => void };

function Failures({ listed, line, onClose }: FailuresProps) {
  const [isUncertainToo, setUncertainToo] = useState(false);
  const { job, kind, retry, where } = listed;
  const { counts, isRetried } = job;
  const uncertain = counts.maybeDone + counts.maybeTwice;
  const retryCount = counts.failed + counts.inBoth + (isUncertainToo ? uncertain : 0);
  return (
    <Dialog
      size="lg"
      title={jobTitle(listed)}
      subtitle={<span className="max-w-3/5 flex-none truncate text-text-3">{where}</span>}
      onClose={onClose}
      footer={
        <>
          {uncertain > 0 && retry && !isRetried && (
            <Checkbox checked={isUncertainToo} onChange={setUncertainToo} className="mr-auto text-12 text-text-2">
              Also messages that may be done: they can be there twice
            </Checkbox>
          )}
          <CloseButton onClick={onClose} />
          {retry && (
            <Button
              size="lg"
              variant="primary"
              disabled={retryCount === 0 || isRetried}
              onClick={() => {
                onClose();
                retry(isUncertainToo);
              }}
            >
              {isRetried
                ? 'Retried already'
                : retryCount === 0
                  ? 'Nothing to retry'
                  : `Retry ${counted(retryCount, listed.noun)}`}
            </Button>
          )}
        </>
      }
    >
      <Outcomes kind={kind} listed={listed} line={line} />
    </Dialog>
  );
}

type OutcomesProps = { kind: JobKind; listed: ListedJob; line: string | undefined };

function Outcomes({ kind, listed, line }: OutcomesProps) {
  const { job } = listed;
  const { outcomes } = job;
  const [troubles] = useState(() => job.report().troubles);
  const [of] = useState(() =>
    line === undefined ? undefined : reportOf(listed).lines.find(({ key }) => key === line)?.outcomes,
  );
  return (
    <VirtualList
      label="What is not simply done"
      count={of?.length ?? troubles.length}
      rowHeight={ROW_PX}
      isTabStop
      className="-mx-5 -my-4 h-[min(480px,60dvh)] -outline-offset-2! max-desk:-mx-4 max-desk:h-[calc(100dvh-160px)]"
      rowClassName="grid content-center gap-1 overflow-hidden border-b border-line px-5 max-desk:px-4"
    >
      {(row) => {
        const index = of?.[row] ?? row;
        const trouble = troubles[index];
        const outcome = outcomes[index];
        return (
          trouble && outcome && <Trouble kind={kind} name={trouble.item} reason={trouble.reason} outcome={outcome} />
        );
      }}
    </VirtualList>
  );
}

type TroubleProps = { kind: JobKind; name: string; reason: string; outcome: Outcome };

function Trouble({ kind, name, reason, outcome }: TroubleProps) {
  const { code } = describeError(outcome.error);
  return (
    <>
      <div className="flex items-center gap-2">
        <Badge tone={TONES[outcome.kind]}>{outcomeText(kind, outcome.kind)}</Badge>
        <span className="min-w-0 truncate font-mono text-12">{name}</span>
        <span className="flex-1" />
        {outcome.error !== undefined && code && <span className="font-mono text-12 text-text-3">{code}</span>}
        {outcome.error !== undefined && <ViewRequest onView={viewRequestOf(outcome.error)} />}
      </div>
      <p className="line-clamp-2 text-12 text-text-2" title={reason}>
        {reason}
      </p>
    </>
  );
}
