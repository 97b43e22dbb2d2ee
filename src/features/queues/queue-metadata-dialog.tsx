import { useMutation, useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { AsCode } from '@/actions/as-code';
import { ConflictStrip } from '@/actions/conflict-strip';
import { FormFailure } from '@/actions/form-failure';
import { MAX_METADATA_BYTES } from '@/azure/protocol/limits';
import type { Account, Metadata } from '@/azure/protocol/model';
import { READ_ONCE } from '@/queries/live';
import { queueMetadata, setQueueMetadata } from '@/queries/queue-metadata';
import { isSameValue } from '@/queries/same-value';
import { withAccount } from '@/queries/use-account';
import { FailureView } from '@/state/navigation/failure-view';
import { Strip } from '@/ui/feedback/failure';
import { Skeleton } from '@/ui/feedback/skeleton';
import { Dialog, FormDialog } from '@/ui/overlay/dialog';
import { toast } from '@/ui/overlay/toast-store';
import { MetadataFields } from './metadata-fields';
import { type MetadataRow, metadataProblems, metadataSize, toMetadata, toRows } from './metadata-rows';

type QueueMetadataProps = { account: Account; queue: string; onClose: () => void };

/** Loads the metadata, then edits it. */
export function QueueMetadata({ account, queue, onClose }: QueueMetadataProps) {
  const { data, error, refetch } = useQuery({
    ...queueMetadata(account, queue),
    ...READ_ONCE,
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

  function take(metadata: Metadata) {
    setRows(toRows(metadata));
    setBase(metadata);
    setTheirs(undefined);
  }

  return (
    <FormDialog
      title={`Metadata of ${queue}`}
      onClose={onClose}
      dismissible={!isChanged}
      label="Save metadata"
      isOff={!isLegal || !isChanged || saving.isPending || theirs !== undefined}
      note={<span className="flex-1 text-12 text-text-3">Saving replaces all metadata of the queue.</span>}
      onSubmit={() => save(base)}
    >
      <MetadataFields rows={rows} onChange={setRows} />
      <AsCode account={account} operation={{ name: 'Set Queue Metadata', queue, metadata: mine }} />
      {theirs && (
        <ConflictStrip
          title="The metadata changed since you opened it"
          holder="queue"
          theirs={[{ name: 'Metadata', lines: Object.entries(theirs).map(([name, value]) => `${name}: ${value}`) }]}
          onTake={() => take(theirs)}
          onReplace={() => save(theirs)}
        />
      )}
      {theirs === null && (
        <Strip
          tone="danger"
          icon={<TriangleAlert />}
          title="This queue does not exist any more"
          role="alert"
          className="rounded-8"
        >
          Nothing was saved.
        </Strip>
      )}
      {saving.error && (
        <div role="alert" className="text-12 text-danger">
          <FormFailure error={saving.error} />
        </div>
      )}
    </FormDialog>
  );
}

export default withAccount(QueueMetadata);
