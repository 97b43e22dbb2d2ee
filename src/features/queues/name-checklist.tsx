import { Check, Circle } from 'lucide-react';
import { cx } from '@/ui/cx';
import { nameRules } from './name-rules';

/** The rules for queue names, ticked as they are kept. */
export const NameChecklist = ({ name, id }: { name: string; id: string }) => (
  <ul id={id} className="grid gap-1 text-12">
    {nameRules(name).map(({ rule, isMet }) => (
      <li key={rule} className={cx('flex items-center gap-2', isMet ? 'text-text-2' : 'text-text-3')}>
        {isMet ? <Check className="size-3.5 text-accent" /> : <Circle className="size-3.5" />}
        {rule}
        <span className="sr-only">{isMet ? ': kept' : ': not kept'}</span>
      </li>
    ))}
  </ul>
);
