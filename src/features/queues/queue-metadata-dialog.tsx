import { useMutation, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useId, useState } from 'react';
import { MAX_METADATA_BYTES } from '@/azure/protocol/limits';
import type { Account, Metadata } from '@/azure/protocol/model';
import { queueMetadata, setQueueMetadata } from '@/queries/queues';
import { isSameValue } from '@/queries/same-value';
import { withAccount } from '@/queries/use-account';
import { FailureView } from '@/state/navigation/failure-view';
import { Button } from '@/ui/controls/button';
import { Skeleton } from '@/ui/feedback/skeleton';
import { Dialog } from '@/ui/overlay/dialog';
import { useDialogContext } from '@/ui/overlay/dialog-context';
import { toast } from '@/ui/overlay/toast';
import { FormFailure } from './form-failure';
import { MetadataConflict } from './metadata-conflict';
import { MetadataFields } from './metadata-fields';
import { type MetadataRow, metadataProblems, metadataSize, toMetadata, toRows } from './metadata-rows';

type QueueMetadataProps = { account: Account; queue: string; onClose: () => void };

/** Reads the metadata as the service has it now, then lets it be edited. */
export function QueueMetadata({ account, queue, onClose }: QueueMetadataProps) {
  // Read once: what is being edited must not change underneath.
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
  // What the service had when last looked at, and, when it has something else now, that.
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
        <>
          <span className="flex-1 text-12 text-text-3">Saving replaces all metadata of the queue.</span>
          <Button size="lg" kbd="Esc" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={form}
            size="lg"
            variant="primary"
            disabled={!isLegal || !isChanged || saving.isPending || theirs !== undefined}
            reason={reason}
          >
            Save metadata
          </Button>
        </>
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

export default withAccount(QueueMetadata);
