import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '@/azure/account';
import { addAgain } from '@/bulk/add-message';
import { copiesOf } from '@/bulk/resend-message';
import { startJob } from '@/bulk/start-job';
import { count, counted } from '@/ui/counts';
import { Field, NumberInput } from '@/ui/field';
import { beginJob, placeOf } from './begin-job';
import { Consequences } from './consequences';
import { JobForm } from './job-form';
import { MOST_COPIES } from './most-copies';
import { type PaceChoice, PaceFields, paceOptions, USUAL_PACE } from './pace-fields';

type ResendProps = { account: Account; queue: string; ids: readonly string[]; onClose: () => void };

/** Several messages, each some times over, as they are. */
export function Resend({ account, queue, ids, onClose }: ResendProps) {
  const client = useQueryClient();
  const [copies, setCopies] = useState(1);
  const [pace, setPace] = useState<PaceChoice>(USUAL_PACE);
  const total = ids.length * copies;
  const beginning = useMutation({
    mutationFn: () => {
      const to = placeOf(account.id, queue);
      // Until the last copy is sent, and for those that failed to be tried again.
      to.records.keep(ids, new Set(ids));
      const job = startJob({
        source: copiesOf(ids, copies),
        work: addAgain(to),
        ...paceOptions(pace),
        total,
        key: ({ id, copy }) => `${id} ${copy}`,
        name: ({ id, copy }) => `${id}, copy ${copy}`,
      });
      beginJob(client, { kind: 'send', where: `copies to ${queue}`, noun: 'message', job, changes: [to] });
      return Promise.resolve();
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
      <PaceFields pace={pace} onPace={setPace} limit={undefined} onLimit={() => {}} />
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
