import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { Field, NumberInput } from '@/ui/controls/field';
import { count, counted } from '@/ui/format/counts';
import { targetOf } from './begin-job';
import { beginResend } from './begin-sending';
import { Consequences } from './consequences';
import { JobForm } from './job-form';
import { MOST_COPIES } from './most-copies';
import { usePaceOptions } from './use-job-options';

type ResendProps = { account: Account; queue: string; ids: readonly string[]; onClose: () => void };

/** Several messages, each some times over, as they are. */
export function Resend({ account, queue, ids, onClose }: ResendProps) {
  const client = useQueryClient();
  const [copies, setCopies] = useState(1);
  const { pace, fields } = usePaceOptions();
  const total = ids.length * copies;
  const beginning = useMutation({
    mutationFn: async () => {
      beginResend(client, targetOf(account.id, queue), { ids, copies, ...pace });
    },
    onSuccess: onClose,
  });
  return (
    <JobForm
      title={`Send copies of ${counted(ids.length, 'message')}`}
      preposition="to"
      queue={queue}
      label={`Send ${counted(total, 'message')}`}
      isPending={beginning.isPending}
      error={beginning.error}
      onSubmit={() => beginning.mutate()}
      onClose={onClose}
    >
      <Field label="Copies of each" className="w-40">
        <NumberInput min={1} max={MOST_COPIES} value={copies} onChange={(next) => setCopies(Math.round(next))} />
      </Field>
      {fields}
      <Consequences
        items={[
          {
            words: `Adds ${counted(total, 'message')} with the exact texts and the time to live that the originals have left.`,
          },
          { words: 'The originals stay as they are: nothing is leased.' },
          { words: `${count(total)} requests.` },
        ]}
      />
    </JobForm>
  );
}
