import { useMutation, useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { type SubmitEvent, useId, useState } from 'react';
import { MAX_METADATA_BYTES } from '@/azure/protocol/limits';
import type { Account, Metadata } from '@/azure/protocol/model';
import { queueMetadata, setQueueMetadata } from '@/queries/queues';
import { isSameValue } from '@/queries/same-value';
import { withAccount } from '@/queries/use-account';
import { FailureView } from '@/state/navigation/failure-view';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import { Skeleton } from '@/ui/feedback/skeleton';
import { Dialog, FormFooter } from '@/ui/overlay/dialog';
import { useDialogContext } from '@/ui/overlay/dialog-context';
import { toast } from '@/ui/overlay/toast';
import { FormFailure } from './form-failure';
import { MetadataFields } from './metadata-fields';
import { type MetadataRow, metadataProblems, metadataSize, toMetadata, toRows } from './metadata-rows';

type QueueMetadataProps = { account: Account; queue: string; onClose: () => void };

/** Loads the metadata, then edits it. */
export function QueueMetadata({ account, queue, onClose }: QueueMetadataProps) {
  // Loaded once: a refetch must not change what is being edited.
  const { data, error, refetch } = useQuery({
    ...queueMetadata(account, queue),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  if (data) return <EditMetadata account={account} queue={queue} loaded={data} onClose={onClose} />;
  return (
    <Dialog title={`Metadata of ${queue}`} onClose={onClose}>
      {data === null && <p>{queue} does not exist.</p>}
      {error && <FailureView error={error} connectionId={account.id} onRetry={() => void refetch()} />}
      {data === undefined && !error && (
        <Skeleton label={`Reading metadata of ${queue}`} columns={[160, 240]} rows={3} />
      )}
    </Dialog>
  );
}

type EditMetadataProps = QueueMetadataProps & { loaded: Metadata };

function EditMetadata({ account, queue, loaded, onClose }: EditMetadataProps) {
  const [rows, setRows] = useState<readonly MetadataRow[]>(() => toRows(loaded));
  // `base`: what the service had last. `theirs`: what it has when that differs, null when the queue is gone.
  const [base, setBase] = useState(loaded);
  const [theirs, setTheirs] = useState<Metadata | null>();
  const form = useId();
  const { reason } = useDialogContext();
  const mine = toMetadata(rows);
  const isLegal = metadataProblems(rows).size === 0 && metadataSize(rows) <= MAX_METADATA_BYTES;
  const isChanged = !isSameValue(mine, base);

  const saving = useMutation({
    ...setQueueMetadata(account, queue),
    onSuccess: (result) => {
      if (result !== 'saved') return setTheirs(result.conflict);
      toast({ title: `Saved metadata of ${queue}`, tone: 'success' });
      onClose();
    },
  });

  function save(expected: Metadata) {
    setTheirs(undefined);
    setBase(expected);
    saving.mutate({ metadata: mine, expected });
  }

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (isLegal && isChanged && !saving.isPending && reason === undefined) save(base);
  }

  return (
    <Dialog
      title={`Metadata of ${queue}`}
      onClose={onClose}
      dismissible={!isChanged}
      footer={
        <FormFooter
          form={form}
          label="Save metadata"
          disabled={!isLegal || !isChanged || saving.isPending || theirs !== undefined}
          onClose={onClose}
        >
          <span className="flex-1 text-12 text-text-3">Saving replaces all metadata of the queue.</span>
        </FormFooter>
      }
    >
      <form id={form} onSubmit={submit} className="grid gap-4">
        <MetadataFields rows={rows} onChange={setRows} />
        {theirs !== undefined && (
          <MetadataConflict
            theirs={theirs}
            onReplace={save}
            onTake={(metadata) => {
              setRows(toRows(metadata));
              setBase(metadata);
              setTheirs(undefined);
            }}
          />
        )}
        {saving.error && (
          <div role="alert" className="text-12 text-danger">
            <FormFailure error={saving.error} />
          </div>
        )}
      </form>
    </Dialog>
  );
}

type MetadataConflictProps = {
  /** What the service has now; null when the queue is gone. */
  theirs: Metadata | null;
  onReplace: (theirs: Metadata) => void;
  onTake: (theirs: Metadata) => void;
};

/** Says that the metadata changed since it was opened and that nothing was saved, and offers both versions. */
function MetadataConflict({ theirs, onReplace, onTake }: MetadataConflictProps) {
  if (theirs === null) {
    return (
      <Strip
        tone="danger"
        icon={<TriangleAlert />}
        title="This queue does not exist any more"
        role="alert"
        className="rounded-8"
      >
        Nothing was saved.
      </Strip>
    );
  }
  const pairs = Object.entries(theirs);
  return (
    <Strip
      tone="warn"
      icon={<TriangleAlert />}
      title="The metadata changed since you opened it"
      role="alert"
      className="rounded-8"
    >
      <p>Nothing was saved. The queue now has:</p>
      <ul className="my-1.5 max-h-32 overflow-auto font-mono text-text">
        {pairs.length === 0 && <li className="font-sans">no metadata</li>}
        {pairs.map(([name, value]) => (
          <li key={name} className="break-all">
            {name}: {value}
          </li>
        ))}
      </ul>
      <span className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => onTake(theirs)}>
          Take theirs
        </Button>
        <Button size="sm" onClick={() => onReplace(theirs)}>
          Replace with mine
        </Button>
      </span>
    </Strip>
  );
}

export default withAccount(QueueMetadata);
