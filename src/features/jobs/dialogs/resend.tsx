import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { Field, NumberInput } from '@/ui/controls/field';
import { count, counted } from '@/ui/format/counts';
import { beginResend, MAX_COPIES } from '../begin/begin-sending';
import { Consequences } from '../shared/consequences';
import { targetOf } from '../shared/target-of';
import { JobForm, useBeginning } from './job-form';
import { usePaceOptions } from './use-job-options';

type ResendProps = { account: Account; queue: string; ids: readonly string[]; onClose: () => void };

/** Sends copies of several loaded messages, unchanged. */
export function Resend({ account, queue, ids, onClose }: ResendProps) {
  const [copies, setCopies] = useState(1);
  const { pace, fields } = usePaceOptions();
  const total = ids.length * copies;
  const beginning = useBeginning(onClose, (client) =>
    beginResend(client, targetOf(account.id, queue), { ids, copies, ...pace }),
  );
  return (
    <JobForm
      title={`Send copies of ${counted(ids.length, 'message')}`}
      preposition="to"
      queue={queue}
      label={`Send ${counted(total, 'message')}`}
      beginning={beginning}
      onClose={onClose}
    >
      <Field label="Copies of each" className="w-40">
        <NumberInput min={1} max={MAX_COPIES} value={copies} onChange={(next) => setCopies(Math.round(next))} />
      </Field>
      {fields}
      <Consequences
        items={[
          `Adds ${counted(total, 'message')} with the exact texts and the time to live that the originals have left.`,
          'The originals stay as they are: nothing is leased.',
          `${count(total)} requests.`,
        ]}
      />
    </JobForm>
  );
}
