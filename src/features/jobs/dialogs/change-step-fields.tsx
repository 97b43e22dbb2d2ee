import { useId } from 'react';
import { Checkbox } from '@/ui/controls/checkbox';
import { TextInput } from '@/ui/controls/field';
import { Segmented } from '@/ui/controls/segmented';
import type { ChangeForm } from '../text/apply-change';

type ChangeStepProps = {
  form: ChangeForm;
  problem?: string | undefined;
  onChange: (part: Partial<ChangeForm>) => void;
};

const WAYS: { value: ChangeForm['way']; label: string }[] = [
  { value: 'replace', label: 'Find and replace' },
  { value: 'value', label: 'JSON value' },
];

/** The way to change, for the head of the step. */
export const ChangeWay = ({ form, onChange }: ChangeStepProps) => (
  <Segmented label="How to change" size="sm" value={form.way} onChange={(way) => onChange({ way })} options={WAYS} />
);

/** The change as a sentence of fields: "$.currency becomes "EUR"". */
export function ChangeStepFields({ form, problem, onChange }: ChangeStepProps) {
  const problemId = useId();
  const isValue = form.way === 'value';
  const isTouched = isValue ? form.value !== '' : form.find !== '';
  const isWrong = isTouched && problem !== undefined;
  const described = { 'aria-describedby': isWrong ? problemId : undefined, 'aria-invalid': isWrong || undefined };
  return (
    <div className="grid gap-1.5">
      <div className="flex items-center gap-2 text-12 max-desk:flex-wrap">
        {isValue ? (
          <>
            <TextInput
              mono
              aria-label="Path"
              placeholder="$.currency"
              value={form.path}
              onChange={(path) => onChange({ path })}
              className="w-33 flex-none"
            />
            <span className="text-text-3">becomes</span>
            <TextInput
              mono
              aria-label="New value, as JSON"
              placeholder={'"EUR"'}
              value={form.value}
              onChange={(value) => onChange({ value })}
              className="min-w-24 flex-1"
              {...described}
            />
          </>
        ) : (
          <>
            <TextInput
              mono
              aria-label="Find"
              placeholder="Find"
              value={form.find}
              onChange={(find) => onChange({ find })}
              className="min-w-24 flex-1"
              {...described}
            />
            <span className="text-text-3">becomes</span>
            <TextInput
              mono
              aria-label="Replace with"
              placeholder="Nothing"
              value={form.replacement}
              onChange={(replacement) => onChange({ replacement })}
              className="min-w-24 flex-1"
            />
          </>
        )}
      </div>
      {isWrong && (
        <p id={problemId} aria-live="polite" className="text-12 text-danger">
          {problem}
        </p>
      )}
      <div className="-my-1 flex flex-wrap gap-x-4 text-12">
        {!isValue && (
          <>
            <Checkbox checked={form.isRegex} onChange={(isRegex) => onChange({ isRegex })}>
              Regular expression
            </Checkbox>
            <Checkbox checked={form.isCaseIgnored} onChange={(isCaseIgnored) => onChange({ isCaseIgnored })}>
              Ignore case
            </Checkbox>
          </>
        )}
        <Checkbox checked={form.isDecoded} onChange={(isDecoded) => onChange({ isDecoded })}>
          Look inside Base64
        </Checkbox>
        <Checkbox checked={form.mayEmpty} onChange={(mayEmpty) => onChange({ mayEmpty })}>
          Allow empty texts
        </Checkbox>
      </div>
      <p className="text-12 text-text-3">
        {isValue ? 'Only this value changes, every other character stays.' : hintOf(form)}
        {form.isDecoded && ' Base64 stays Base64.'}
      </p>
    </div>
  );
}

const hintOf = ({ isRegex }: ChangeForm): string =>
  isRegex ? '$1 is the first group, $& the whole match.' : 'Every place where it stands.';
