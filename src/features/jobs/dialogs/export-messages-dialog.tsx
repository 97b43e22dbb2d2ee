import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import type { MessageScope } from '@/state/navigation/open-dialog';
import { timedName } from '@/ui/browser/save-file';
import { Field, NumberInput } from '@/ui/controls/field';
import { beginExport } from '../begin/begin-files';
import { ExportFields, fieldsOf, isGuarded, USUAL_EXPORT } from '../files/export-fields';
import { chooseDestination } from '../files/export-file';
import { Consequences } from '../shared/consequences';
import { forecastConsequences, useForecast } from '../shared/job-forecast';
import { LaneOffer } from '../shared/lane-offer';
import { OrderSwitch } from '../shared/order-switch';
import {
  leasingConsequences,
  objectText,
  type ReturnOrder,
  scopeText,
  targetOf,
  useScope,
  usualOrder,
} from '../shared/scope';
import { JobForm, useBeginning } from './job-form';

type ExportMessagesDialogProps = MessageScope & { account: Account; onClose: () => void };

/** Exports chosen messages, which are loaded already, or a whole queue, which has to be leased. */
export default function ExportMessagesDialog({ account, onClose, ...chosen }: ExportMessagesDialogProps) {
  const { queue } = chosen;
  const scope = useScope(account, chosen);
  const [form, setForm] = useState(USUAL_EXPORT);
  const [limit, setLimit] = useState(0);
  const [chosenOrder, setOrder] = useState<ReturnOrder>();
  const order = chosenOrder ?? usualOrder(scope, limit);
  const forecast = useForecast(account, scope, { steps: ['write'], concurrency: 1, limit, order });
  const beginning = useBeginning(
    onClose,
    async (client, part) => {
      const { format } = form;
      const name = `${timedName(queue, new Date())}.${format}`;
      const destination = await chooseDestination(name, format);
      return (
        destination !== undefined &&
        beginExport(client, targetOf(account.id, queue), {
          scope,
          destination,
          limit,
          order,
          format,
          fields: fieldsOf(form),
          guarded: isGuarded(form),
          part,
        })
      );
    },
    scope,
  );

  return (
    <JobForm
      title={`Export ${scopeText(scope)}`}
      preposition="from"
      queue={queue}
      label={`Export ${objectText(scope)}`}
      reason={scope.total === 0 ? `${queue} looks empty.` : undefined}
      scope={scope}
      beginning={beginning}
      onClose={onClose}
    >
      <ExportFields form={form} onForm={setForm} />
      {scope.isWhole && (
        <div className="flex flex-wrap gap-x-6 gap-y-4">
          <Field
            label="Receive at most"
            hint={limit === 0 ? '0: the whole queue' : 'Messages, from the front'}
            className="w-48"
          >
            <NumberInput min={0} max={10_000_000} value={limit} onChange={(next) => setLimit(Math.round(next))} />
          </Field>
          <OrderSwitch
            order={order}
            hints={{ kept: 'Messages go back one by one', fast: 'Messages go back faster' }}
            onChange={setOrder}
          />
        </div>
      )}
      <Consequences
        items={
          scope.isWhole
            ? [
                ...leasingConsequences(scope, 0, true, order),
                { warning: 'All of them are hidden from other receivers while this runs, and returned at the end.' },
                ...forecastConsequences(forecast),
              ]
            : [
                'Nothing: the messages are loaded here already, and are written to a file as they were last seen or changed here.',
              ]
        }
      />
      <LaneOffer connectionId={account.id} plan={forecast?.plan} />
    </JobForm>
  );
}
