import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { counted } from '@/ui/format/counts';
import { spokenSpan } from '@/ui/format/time-span';
import { beginImport } from '../begin/begin-files';
import { useFileCheck } from '../files/check-file';
import { ChooseFile } from '../files/choose-file';
import { ImportPreview } from '../files/import-preview';
import { ImportRuleFields, ruleProblems, rulesOf, USUAL_RULES } from '../files/import-rule-fields';
import { Consequences } from '../shared/consequences';
import { targetOf } from '../shared/target-of';
import { JobForm, useBeginning } from './job-form';
import { QueuePicker, useQueueChoice } from './queue-picker';
import { usePaceOptions } from './use-job-options';

type ImportMessagesDialogProps = {
  account: Account;
  queue: string;
  /** A file that was dropped onto the messages. */
  file?: File;
  onClose: () => void;
};

/** Imports the rows of a file as messages: which file, by which rules, and into which queue. */
export default function ImportMessagesDialog({
  account,
  queue: here,
  file: dropped,
  onClose,
}: ImportMessagesDialogProps) {
  const [file, setFile] = useState(dropped);
  const [queue, setQueue] = useState(here);
  const [form, setForm] = useState(USUAL_RULES);
  const { pace, fields } = usePaceOptions();
  const choice = useQueueChoice(account, queue);
  const problems = ruleProblems(form);
  const wrong = problems.life ?? problems.delay;
  const rules = rulesOf(form);
  const check = useFileCheck(account.id, here, file, wrong === undefined ? rules : undefined);
  const good = check ? check.rows - check.invalid : 0;

  const beginning = useBeginning(onClose, async (client) => {
    if (!file) return;
    const to = targetOf(account.id, queue);
    await beginImport(client, to, { file, rules, check, isThere: choice.isThere, ...pace });
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
      beginning={beginning}
      onClose={onClose}
    >
      <ChooseFile file={file} check={check} onFile={setFile} />
      {file && (
        <>
          {check && <ImportPreview check={check} />}
          <div className="grid grid-cols-2 gap-x-4 gap-y-4 max-desk:grid-cols-1">
            <QueuePicker account={account} choice={choice} label="To queue" value={queue} onChange={setQueue} />
            <ImportRuleFields form={form} problems={problems} onForm={setForm} />
          </div>
          {fields}
          <Consequences
            items={[
              `Adds ${check?.isWhole ? counted(good, 'message') : 'every row that can be sent'} with a new id, a new insertion time and dequeue count 0, each with its exact text.`,
              (check?.invalid ?? 0) > 0 && {
                warning: `${counted(check?.invalid ?? 0, 'row')} cannot be sent and ${check?.invalid === 1 ? 'is' : 'are'} left out; the report names each with its rule.`,
              },
              form.life === 'kept' && 'Each expires at the time that the file says.',
              (rules.visibilityDelay ?? 0) > 0 &&
                `Hidden for ${spokenSpan(rules.visibilityDelay ?? 0)} before anybody can receive them.`,
            ]}
          />
        </>
      )}
    </JobForm>
  );
}
