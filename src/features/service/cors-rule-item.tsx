import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react';
import { CORS_METHODS, type CorsProblems, corsRuleProblems, originNote } from '@/azure/protocol/cors-limits';
import { IconButton } from '@/ui/controls/button';
import { Checkbox } from '@/ui/controls/checkbox';
import { Field, TextArea, TextInput } from '@/ui/controls/field';
import { type CorsRow, toCorsRule } from './cors-rows';
import { grantLine, originsLine } from './property-lines';
import { useFocusWhenNew } from './use-focus-when-new';

type CorsRuleItemProps = {
  row: CorsRow;
  /** From 1, in the order in which Azure tries them. */
  position: number;
  isLast: boolean;
  isOpen: boolean;
  onToggle: () => void;
  onChange: (change: Partial<CorsRow>) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
};

/** A CORS rule in a line, with its fields below while it is open. */
export function CorsRuleItem({
  row,
  position,
  isLast,
  isOpen,
  onToggle,
  onChange,
  onMove,
  onRemove,
}: CorsRuleItemProps) {
  const rule = toCorsRule(row);
  const problems = corsRuleProblems(rule);
  const isWrong = Object.keys(problems).length > 0;
  const name = `rule ${position}`;
  return (
    <li className="rounded-8 border border-line">
      <div className="flex min-h-9 items-center gap-1 py-1 pr-1 pl-3">
        <span className="mr-1 flex-none text-12 text-text-3">{position}</span>
        <span className="min-w-0 flex-1 py-1 break-words">
          <span className="block font-mono text-12">{originsLine(rule)}</span>
          <span className="block text-12 text-text-3">{grantLine(rule)}</span>
          {isWrong && !isOpen && <b className="text-12 font-semibold text-danger">Azure would refuse this rule.</b>}
        </span>
        <IconButton
          label={`Move ${name} up`}
          icon={<ArrowUp />}
          reason={position === 1 ? 'It is the first rule' : undefined}
          onClick={() => onMove(-1)}
        />
        <IconButton
          label={`Move ${name} down`}
          icon={<ArrowDown />}
          reason={isLast ? 'It is the last rule' : undefined}
          onClick={() => onMove(1)}
        />
        <IconButton label={`Edit ${name}`} icon={<Pencil />} aria-expanded={isOpen} onClick={onToggle} />
        <IconButton label={`Remove ${name}`} icon={<Trash2 />} onClick={onRemove} />
      </div>
      {isOpen && (
        <fieldset className="grid min-w-0 gap-3 border-t border-line px-3 py-3">
          <legend className="sr-only">Rule {position}</legend>
          <RuleFields row={row} problems={problems} onChange={onChange} />
        </fieldset>
      )}
    </li>
  );
}

const HEADER_FIELDS = [
  { field: 'allowedHeaders', label: 'Allowed headers', hint: 'What the page may send: names, x-ms-* or *' },
  { field: 'exposedHeaders', label: 'Exposed headers', hint: 'What the page may read: names, x-ms-* or *' },
] as const;

type RuleFieldsProps = {
  row: CorsRow;
  problems: CorsProblems;
  onChange: (change: Partial<CorsRow>) => void;
};

function RuleFields({ row, problems, onChange }: RuleFieldsProps) {
  const { allowedOrigins } = toCorsRule(row);
  const origins = useFocusWhenNew<HTMLTextAreaElement>(row.origins === '');
  const note = allowedOrigins.map(originNote).find((one) => one !== undefined);
  return (
    <>
      <Field
        label="Allowed origins"
        error={problems.allowedOrigins}
        hint={note ?? 'One per line: https://host or https://host:port, or * for every page. At most 64.'}
      >
        <TextArea rows={2} ref={origins} value={row.origins} onChange={(text) => onChange({ origins: text })} />
      </Field>
      <Methods row={row} problem={problems.allowedMethods} onChange={onChange} />
      <div className="grid grid-cols-2 gap-3 max-desk:grid-cols-1">
        {HEADER_FIELDS.map(({ field, label, hint }) => (
          <Field key={field} label={label} error={problems[field]} hint={hint}>
            <TextInput mono value={row[field]} onChange={(text) => onChange({ [field]: text })} />
          </Field>
        ))}
      </div>
      <Field
        label="Max age, seconds"
        error={problems.maxAge}
        hint="How long a browser caches the preflight answer. Chromium caches it for 7,200 s at most."
      >
        <TextInput
          inputMode="numeric"
          className="w-32"
          value={row.maxAge}
          onChange={(maxAge) => onChange({ maxAge })}
        />
      </Field>
    </>
  );
}

/** The methods of a rule: those that Azure knows, and unknown ones of a stored rule. */
function Methods({
  row,
  problem,
  onChange,
}: { row: CorsRow; problem: string | undefined } & Pick<RuleFieldsProps, 'onChange'>) {
  const offered = [...CORS_METHODS, ...row.methods.filter((one) => !(CORS_METHODS as readonly string[]).includes(one))];
  const toggle = (method: string, on: boolean) =>
    onChange({ methods: on ? [...row.methods, method] : row.methods.filter((one) => one !== method) });
  return (
    <fieldset>
      <legend className="text-12 font-semibold">Allowed methods</legend>
      <div className="mt-1 flex flex-wrap gap-x-4">
        {offered.map((method) => (
          <Checkbox key={method} checked={row.methods.includes(method)} onChange={(on) => toggle(method, on)}>
            <span className="font-mono text-12">{method}</span>
          </Checkbox>
        ))}
      </div>
      {problem && (
        <p aria-live="polite" className="mt-1 text-12 text-danger">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
