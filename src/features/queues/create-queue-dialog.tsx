import { useMutation } from '@tanstack/react-query';
import { Check, Circle, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { AsCode } from '@/actions/as-code';
import { FormFailure } from '@/actions/form-failure';
import { StorageError } from '@/azure/protocol/errors';
import { MAX_METADATA_BYTES } from '@/azure/protocol/limits';
import type { Account } from '@/azure/protocol/model';
import { createQueue } from '@/queries/queues';
import { withAccount } from '@/queries/use-account';
import { openQueue } from '@/state/navigation/route';
import { Button } from '@/ui/controls/button';
import { Field, TextInput } from '@/ui/controls/field';
import { Strip } from '@/ui/feedback/failure';
import { Spinner } from '@/ui/feedback/skeleton';
import { cx } from '@/ui/format/cx';
import { FormDialog } from '@/ui/overlay/dialog';
import { toast } from '@/ui/overlay/toast-store';
import { MetadataFields } from './metadata-fields';
import { type MetadataRow, metadataProblems, metadataSize, toMetadata } from './metadata-rows';
import { isQueueName, nameRules } from './name-rules';

type CreateQueueProps = { account: Account; name?: string | undefined; onClose: () => void };

/** Creates a queue with a name and metadata, and waits while Azure still deletes a queue of that name. */
export function CreateQueue({ account, name: suggested = '', onClose }: CreateQueueProps) {
  const [name, setName] = useState(suggested);
  const [rows, setRows] = useState<readonly MetadataRow[]>([]);
  const [secondsLeft, setSecondsLeft] = useState<number>();
  const stop = useRef<AbortController>(undefined);
  const field = useRef<HTMLInputElement>(null);
  const rules = useId();
  useEffect(() => () => stop.current?.abort(), []);

  const creation = useMutation({
    ...createQueue(account),
    onSuccess: ({ created }, { queue }) => {
      toast({ title: created ? `Created ${queue}` : `${queue} was there already`, tone: 'success' });
      openQueue(account.id, queue);
      onClose();
    },
    onSettled: () => setSecondsLeft(undefined),
  });

  const isLegal = isQueueName(name) && metadataProblems(rows).size === 0 && metadataSize(rows) <= MAX_METADATA_BYTES;
  const failure = creation.error?.name === 'AbortError' ? null : creation.error;

  function create() {
    const { signal } = (stop.current = new AbortController());
    creation.mutate({ queue: name, metadata: toMetadata(rows), signal, onWait: setSecondsLeft });
  }

  return (
    <FormDialog
      title="New queue"
      size="sm"
      onClose={onClose}
      initialFocus={field}
      dismissible={name === '' && rows.length === 0}
      label="Create queue"
      isOff={!isLegal || creation.isPending}
      onSubmit={create}
    >
      <Field label="Queue name">
        <TextInput
          ref={field}
          mono
          value={name}
          maxLength={100}
          aria-details={rules}
          onChange={(text) => {
            setName(text);
            creation.reset();
          }}
        />
      </Field>
      <NameChecklist id={rules} name={name} />
      <MetadataFields rows={rows} onChange={setRows} />
      <AsCode account={account} operation={{ name: 'Create Queue', queue: name, metadata: toMetadata(rows) }} />
      {secondsLeft !== undefined && (
        <Strip
          tone="warn"
          icon={<Spinner />}
          title={`Azure is still deleting a queue named ${name}`}
          className="rounded-8"
          action={
            <Button size="sm" onClick={() => stop.current?.abort()}>
              Stop
            </Button>
          }
        >
          <span role="timer">Next try in {secondsLeft} s</span>
        </Strip>
      )}
      {failure && secondsLeft === undefined && (
        <CreateFailure error={failure} name={name} onOpen={() => openQueue(account.id, name)} onClose={onClose} />
      )}
    </FormDialog>
  );
}

/** The rules for queue names, ticked when kept, and red when typing on cannot keep them. */
const NameChecklist = ({ name, id }: { name: string; id: string }) => (
  <ul id={id} className="grid gap-1 text-12">
    {nameRules(name).map(({ rule, isMet, isBroken }) => (
      <li
        key={rule}
        className={cx('flex items-center gap-2', isMet ? 'text-text-2' : isBroken ? 'text-danger' : 'text-text-3')}
      >
        {isMet ? (
          <Check className="size-3.5 text-accent" />
        ) : isBroken ? (
          <X className="size-3.5" />
        ) : (
          <Circle className="size-3.5" />
        )}
        {rule}
        <span className="sr-only">{isMet ? ': kept' : isBroken ? ': not kept' : ': not kept yet'}</span>
      </li>
    ))}
  </ul>
);

type CreateFailureProps = { error: Error; name: string; onOpen: () => void; onClose: () => void };

function CreateFailure({ error, name, onOpen, onClose }: CreateFailureProps) {
  const isTaken = error instanceof StorageError && error.code === 'QueueAlreadyExists';
  const open = () => {
    onOpen();
    onClose();
  };
  return (
    <div role="alert" className="text-12 text-danger">
      {isTaken && (
        <p className="mb-1 flex flex-wrap items-center gap-x-3">
          {name} exists with other metadata.
          <Button size="sm" onClick={open}>
            Open {name}
          </Button>
        </p>
      )}
      <FormFailure error={error} />
    </div>
  );
}

export default withAccount(CreateQueue);
