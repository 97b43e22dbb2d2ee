import { Checkbox } from '@/ui/controls/checkbox';

type LettersProps = {
  label: string;
  options: readonly (readonly [letter: string, name: string])[];
  value: string;
  onChange: (letters: string) => void;
  problem: string | undefined;
  hint?: string | undefined;
};

/** Letters of a signature as boxes to tick: permissions, or resource types. */
export function Letters({ label, options, value, onChange, problem, hint }: LettersProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-12 font-semibold">{label}</legend>
      <div className="flex flex-wrap gap-x-4">
        {options.map(([letter, name]) => (
          <Checkbox
            key={letter}
            label={name}
            checked={value.includes(letter)}
            onChange={(isOn) => onChange(isOn ? value + letter : value.replace(letter, ''))}
          >
            <span>
              {name} <span className="font-mono text-12 text-text-3">{letter}</span>
            </span>
          </Checkbox>
        ))}
      </div>
      {hint && <p className="text-12 text-text-3">{hint}</p>}
      <p aria-live="polite" className="text-12 text-danger">
        {problem}
      </p>
    </fieldset>
  );
}
