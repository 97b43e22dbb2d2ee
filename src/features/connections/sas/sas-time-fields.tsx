import type { AccessPolicy } from '@/azure/protocol/model';
import { Field, Select, TextInput } from '@/ui/controls/field';
import { LASTING, type SasForm } from './sas-form';

type SasTimesProps = {
  form: SasForm;
  policy: AccessPolicy | undefined;
  problems: { start?: string; expiry?: string };
  /** How long it can last. */
  lasting?: typeof LASTING;
  onChange: (part: Partial<SasForm>) => void;
};

/** From when until when a signature holds, as far as its policy does not say. */
export function SasTimes({ form, policy, problems, lasting = LASTING, onChange }: SasTimesProps) {
  if (policy?.startsAt && policy.expiresAt) return null;
  return (
    <div className="grid grid-cols-2 gap-3 max-desk:grid-cols-1">
      {!policy?.startsAt && (
        <Field
          label="Starts"
          hint="Empty: at once. Azure’s clock may differ from yours, so leave it out unless it must wait."
          error={problems.start}
        >
          <TextInput
            type="datetime-local"
            value={form.start}
            onChange={({ target }) => onChange({ start: target.value })}
          />
        </Field>
      )}
      {!policy?.expiresAt && (
        <div className="grid content-start gap-2">
          <Field label="Lasts" error={form.lasts === 'exact' ? undefined : problems.expiry}>
            <Select value={form.lasts} onChange={(lasts) => onChange({ lasts })} options={lasting} />
          </Field>
          {form.lasts === 'exact' && (
            <Field label="Expires" error={problems.expiry}>
              <TextInput
                type="datetime-local"
                value={form.expiry}
                onChange={({ target }) => onChange({ expiry: target.value })}
              />
            </Field>
          )}
        </div>
      )}
    </div>
  );
}
