import { Copy } from 'lucide-react';
import { useState } from 'react';
import { copyText } from '@/ui/code/code';
import { Button } from '@/ui/controls/button';
import { TabPanel, Tabs } from '@/ui/controls/tabs';
import { announce } from '@/ui/feedback/live-region';
import { cx } from '@/ui/format/cx';
import { Command } from '../shared/highlighted-command';
import { type CorsTarget, type CorsWay, corsWays } from './cors-help-tabs';

type CorsHelpProps = { target: CorsTarget; className?: string };

/** The CORS rule that this page needs, ready to copy for the tool that a person has. */
export function CorsHelp({ target, className }: CorsHelpProps) {
  const ways = corsWays(target, location.origin);
  const [chosen, setChosen] = useState<CorsWay['id']>('cli');
  const way = ways.find(({ id }) => id === chosen) ?? ways[0];
  return (
    <div className={cx('min-w-0', className)}>
      <Tabs
        label="How to fix CORS"
        value={way?.id ?? 'cli'}
        onChange={setChosen}
        tabs={ways.map(({ id, title }) => ({ value: id, label: title }))}
        listClassName="border-b border-line pr-1.5 pl-3 text-12"
        after={way && <CopyCommand way={way} />}
      >
        {ways.map(({ id, code, note, title }) => (
          <TabPanel key={id} value={id}>
            <pre
              role="region"
              aria-label={`${title}: how to add the CORS rule`}
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Long lines have to be scrolled by keyboard too.
              tabIndex={0}
              className="overflow-x-auto px-3 py-2.5 font-mono text-12/4.5 whitespace-pre -outline-offset-2! max-desk:break-words max-desk:whitespace-pre-wrap"
            >
              <Command code={code} />
            </pre>
            <p className="px-3 pb-2.5 text-12 text-text-3">{note}</p>
          </TabPanel>
        ))}
      </Tabs>
    </div>
  );
}

function CopyCommand({ way }: { way: CorsWay }) {
  async function copy() {
    if (await copyText(way.code)) announce('Command copied');
  }
  return (
    <Button variant="ghost" size="sm" icon={<Copy />} aria-label="Copy command" onClick={() => void copy()}>
      {/* The tabs need the room. */}
      <span className="max-desk:sr-only">Copy</span>
    </Button>
  );
}
