import { Check, Circle, X } from 'lucide-react';
import { cx } from '@/ui/format/cx';
import { nameRules } from './name-rules';

/** The rules for queue names, ticked as they are kept; red once what was typed cannot become right by typing on. */
export const NameChecklist = ({ name, id }: { name: string; id: string }) => (
  <ul id={id} className="grid gap-1 text-12">
    {nameRules(name).map(({ rule, isMet, isBroken }) => (
      <li
        key={rule}
        className={cx('flex items-center gap-2', isMet ? 'text-text-2' : isBroken ? 'text-danger' : 'text-text-3')}
      >
        {isMet ? (
          <Check className="size-3.5 text-accent" />
        ) : isBroken ? (
          <X className="size-3.5" />
        ) : (
          <Circle className="size-3.5" />
        )}
        {rule}
        <span className="sr-only">{isMet ? ': kept' : isBroken ? ': not kept' : ': not kept yet'}</span>
      </li>
    ))}
  </ul>
);
