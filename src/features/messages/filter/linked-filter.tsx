import { Link } from 'lucide-react';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import { useRowFilter } from '../rows/use-row-filter';

/** Expressions that are shown; a link may have any number, of any length. */
const MOST_SHOWN = 3;
const LONGEST_SHOWN = 400;

/** Asks before what a link brought runs over the messages. */
export function LinkedFilter() {
  const { asked, runAsked, leaveOutAsked } = useRowFilter();
  const isOne = asked.length === 1;
  return (
    <Strip
      tone="warn"
      icon={<Link />}
      title={isOne ? 'This link brings a filter' : `This link brings ${asked.length} filters`}
      action={
        <>
          <Button size="sm" onClick={runAsked}>
            {isOne ? 'Run this filter' : 'Run these filters'}
          </Button>
          <Button size="sm" onClick={leaveOutAsked}>
            {isOne ? 'Leave it out' : 'Leave them out'}
          </Button>
        </>
      }
    >
      {isOne ? 'It was' : 'They were'} never used in this browser, so the rows below are shown without{' '}
      {isOne ? 'it' : 'them'}:{' '}
      {asked.slice(0, MOST_SHOWN).map((source, index) => (
        <span key={source}>
          {index > 0 && ', '}
          <code className="font-mono [overflow-wrap:anywhere]">{shown(source)}</code>
        </span>
      ))}
      {asked.length > MOST_SHOWN && `, and ${asked.length - MOST_SHOWN} more`}
    </Strip>
  );
}

function shown(source: string): string {
  const text = source.replace(/^path:/, '');
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
