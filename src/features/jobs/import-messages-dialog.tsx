import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { useAccount } from '@/queries/use-account';
import { counted } from '@/ui/format/counts';
import { spokenSpan } from '@/ui/format/time-span';
import { beginImport } from './begin-files';
import { targetOf } from './begin-job';
import { ChooseFile } from './choose-file';
import { Consequences } from './consequences';
import { ImportPreview } from './import-preview';
import { ImportRuleFields } from './import-rule-fields';
import { ruleProblems, rulesOf, USUAL_RULES } from './import-rules';
import { JobForm } from './job-form';
import { QueuePicker, useQueueChoice } from './queue-picker';
import { useFileCheck } from './use-file-check';
import { usePaceOptions } from './use-job-options';

type ImportMessagesDialogProps = {
  connectionId: string;
  queue: string;
  /** Dropped onto the messages. */
  file?: File;
  onClose: () => void;
};

export default function ImportMessagesDialog(props: ImportMessagesDialogProps) {
  const account = useAccount(props.connectionId);
  return account && <ImportMessages {...props} account={account} />;
}

/** A file, how its rows become messages, which of them cannot, and where they go. */
function ImportMessages({
  account,
  queue: here,
  file: dropped,
  onClose,
}: ImportMessagesDialogProps & { account: Account }) {
  const client = useQueryClient();
  const [file, setFile] = useState(dropped);
  const [queue, setQueue] = useState(here);
  const [form, setForm] = useState(USUAL_RULES);
  const { pace, fields } = usePaceOptions();
  const choice = useQueueChoice(account, queue);
  const problems = ruleProblems(form);
  const wrong = problems.life ?? problems.delay;
  const rules = rulesOf(form);
  const check = useFileCheck(account.id, here, file, wrong === undefined ? rules : undefined);
  const good = check ? check.rows - check.wrong : 0;

  const beginning = useMutation({
    mutationFn: async () => {
      if (!file) return;
      const to = targetOf(account.id, queue);
      await beginImport(client, to, { file, rules, check, isThere: choice.isThere, ...pace });
    },
    onSuccess: onClose,
  });

  const reason = !file
    ? 'Choose a file first.'
    : (choice.problem ?? wrong ?? (check?.isWhole && good === 0 ? 'No row can be sent.' : undefined));
  return (
    <JobForm
      title="Import messages"
      preposition="to"
      queue={queue}
      size="lg"
      label={check?.isWhole ? `Import ${counted(good, 'message')}` : 'Import messages'}
      reason={reason}
      isPending={beginning.isPending}
      error={beginning.error}
      onSubmit={() => beginning.mutate()}
      onClose={onClose}
    >
      <ChooseFile file={file} check={check} onFile={setFile} />
      {file && (
        <>
          {check && <ImportPreview check={check} />}
          <div className="grid grid-cols-2 gap-x-4 gap-y-4 max-desk:grid-cols-1">
            <QueuePicker account={account} label="To queue" value={queue} onChange={setQueue} />
            <ImportRuleFields form={form} problems={problems} onForm={setForm} />
          </div>
          {fields}
          <Consequences
            items={[
              {
                words: `Adds ${check?.isWhole ? counted(good, 'message') : 'every row that can be sent'} with a new id, a new insertion time and dequeue count 0, each with its exact text.`,
              },
              (check?.wrong ?? 0) > 0 && {
                words: `${counted(check?.wrong ?? 0, 'row')} cannot be sent and ${check?.wrong === 1 ? 'is' : 'are'} left out; the report names each with its rule.`,
                care: true,
              },
              form.life === 'kept' && {
                words: 'Each keeps the life that is left until the time at which the file says that it expires.',
              },
              (rules.visibilityDelay ?? 0) > 0 && {
                words: `Hidden for ${spokenSpan(rules.visibilityDelay ?? 0)} before anybody can receive them.`,
              },
            ]}
          />
        </>
      )}
    </JobForm>
  );
}
