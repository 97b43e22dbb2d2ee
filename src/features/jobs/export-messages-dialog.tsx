import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { useAccount } from '@/queries/use-account';
import type { MessageScope } from '@/state/navigation/open-dialog';
import { timedName } from '@/ui/browser/save-file';
import { Field, NumberInput } from '@/ui/controls/field';
import { count } from '@/ui/format/counts';
import { beginExport } from './begin-files';
import { targetOf } from './begin-job';
import { Consequences } from './consequences';
import { ExportFields, fieldsOf, USUAL_EXPORT } from './export-fields';
import { chooseDestination } from './export-file';
import { JobForm } from './job-form';
import { leasingConsequences, requestsFor, scopeText, useScope } from './scope';

type ExportMessagesDialogProps = MessageScope & { onClose: () => void };

export default function ExportMessagesDialog(props: ExportMessagesDialogProps) {
  const account = useAccount(props.connectionId);
  return account && <ExportMessages {...props} account={account} />;
}

/** Format and fields; a whole queue says what reading it does. */
function ExportMessages({ account, onClose, ...chosen }: ExportMessagesDialogProps & { account: Account }) {
  const { queue, ids } = chosen;
  const client = useQueryClient();
  const scope = useScope(account, chosen);
  const [form, setForm] = useState(USUAL_EXPORT);
  const [limit, setLimit] = useState(0);
  const beginning = useMutation({
    mutationFn: async () => {
      const { format } = form;
      const name = `${timedName(queue, new Date())}.${format}`;
      const destination = await chooseDestination(name, format);
      if (!destination) return false;
      const from = targetOf(account.id, queue);
      beginExport(client, from, { scope, destination, limit, format, fields: fieldsOf(form) });
      return true;
    },
    onSuccess: (begun) => begun && onClose(),
  });

  return (
    <JobForm
      title={`Export ${scopeText(scope)}`}
      preposition="from"
      queue={queue}
      label={`Export ${ids ? scopeText(scope) : 'all messages'}`}
      reason={scope.total === 0 ? `${queue} looks empty.` : undefined}
      isPending={beginning.isPending}
      error={beginning.error}
      onSubmit={() => beginning.mutate()}
      onClose={onClose}
    >
      <ExportFields form={form} onForm={setForm} />
      {scope.isWhole && (
        <Field
          label="Receive at most"
          hint={limit === 0 ? '0: the whole queue' : 'Messages, from the front'}
          className="w-48"
        >
          <NumberInput min={0} max={10_000_000} value={limit} onChange={(next) => setLimit(Math.round(next))} />
        </Field>
      )}
      <Consequences
        items={
          scope.isWhole
            ? [
                ...leasingConsequences(scope, 0, true),
                {
                  words: 'All of them are hidden from other receivers while this runs, and returned at the end.',
                  care: true,
                },
                scope.total !== undefined && { words: `About ${count(requestsFor(scope, 1))} requests.` },
              ]
            : [
                {
                  words:
                    'Nothing: the messages are loaded here already, and are written to a file as they were last seen or changed here.',
                },
              ]
        }
      />
    </JobForm>
  );
}
